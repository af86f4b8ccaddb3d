from __future__ import annotations

import pytest

from onrecord.ledger import Ledger
from onrecord.records import Act, Moment, Polarity, Source
from tests.factories import make_document, make_raw, make_statement

ASKED = (
    "Request for aid\n\nOfficials in Westmark said on Sunday that Eastland had asked for equipment. "
    "“We have seen the letter,” one of them said.\n"
)
DENIED = (
    "Eastland denies\n\nEastland had not asked for equipment, Anna Belov said. The Westmark Courier, citing officials, "
    "had reported that Eastland had asked for equipment.\n"
)
OTHER = "Harvest\n\nFarmers expect a good harvest, the Farm Ministry said.\n"


@pytest.fixture
def ledger(new_ledger: Ledger) -> Ledger:
    """Three pages of two outlets: a report, its denial, and something else."""
    asked = make_document(ASKED, address="asked.txt", published=Moment("2022-03-13", "given"))
    denied = make_document(
        DENIED, address="denied.txt", outlet="Union Press", published=Moment("2022-03-14T08:00:00+00:00", "meta")
    )
    other = make_document(OTHER, address="other.txt", outlet="Union Press", published=None)
    new_ledger.write_page(
        make_raw(ASKED, address="asked.txt"),
        asked,
        [
            make_statement(asked, chain=(Source(None, "officials in Westmark", False),), cue="said", said="2022-03-13"),
            make_statement(asked, "We have seen the letter", chain=(Source(None, "officials in Westmark", False),)),
        ],
    )
    new_ledger.write_page(
        make_raw(DENIED, address="denied.txt"),
        denied,
        [
            make_statement(denied, "Eastland had not asked for equipment", chain=("Anna Belov",), cue="said"),
            make_statement(
                denied,
                "Eastland had asked for equipment",
                chain=("The Westmark Courier", Source(None, "officials in Westmark", False)),
                cue="reported",
                confidence=0.4,
            ),
        ],
    )
    new_ledger.write_page(
        make_raw(OTHER, address="other.txt"),
        other,
        [
            make_statement(
                other,
                "Farmers expect a good harvest",
                chain=("Farm Ministry",),
                act=Act.THINK,
                polarity=Polarity.POSITIVE,
            )
        ],
    )
    return new_ledger
