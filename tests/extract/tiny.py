"""A tokenizer small enough to read: every letter, digit and mark is a piece, what is longer falls into letters."""

from __future__ import annotations

import string

from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.normalizers import Lowercase

LETTERS = string.ascii_lowercase + string.digits
PIECES = ["[UNK]", *LETTERS, *("##" + letter for letter in LETTERS), *string.punctuation, "“", "”", "’"]


def make_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(WordPiece({piece: k for k, piece in enumerate(PIECES)}, unk_token="[UNK]"))
    tokenizer.normalizer = Lowercase()
    return tokenizer
