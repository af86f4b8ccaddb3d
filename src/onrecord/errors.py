"""The errors that onrecord raises.

OnrecordError
├── DocumentError   one input is bad: skip it, record a Skipped, go on
└── RunError        the run cannot go on: stop, say what to do
"""


class OnrecordError(Exception):
    """Anything that onrecord raises on purpose. The message says what to do next."""


class DocumentError(OnrecordError):
    """One page cannot be taken in."""


class RunError(OnrecordError):
    """The run cannot go on."""
