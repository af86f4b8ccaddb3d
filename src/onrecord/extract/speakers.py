"""Whether a phrase can name someone or something that speaks: a person, a body, or a document that says things."""

from __future__ import annotations

import re

from onrecord.extract.lexicon import base_forms
from onrecord.extract.reports import Reader
from onrecord.records import Span

SPEAKING_PRONOUNS = {"he", "she", "they", "who", "i", "we", "him", "her", "them", "someone", "somebody", "everyone",
                     "everybody", "anyone", "nobody", "others", "some", "many", "most", "several", "both", "few", "one",
                     "another", "neither", "none", "us", "me", "his", "their", "my"}  # fmt: skip
SPEAKERS = frozenset(
    re.findall(
        r"[\w-]+",
        """
        academic activist actor actress administration advertisement adviser advisor advocate affidavit agency agent
        aide airline alliance ally ambassador analysis analyst announcement anchor army article assembly assistant
        association athlete attorney audience aunt author authority baker bank baron benefactor bill bishop blog blogger
        board body book boss boy brief broadcaster brother bureau cabinet camp campaign candidate captain cardinal
        caucus ceo chair chairman chairwoman chancellor channel chief child church citizen city clergy clerk client
        coach coalition colleague college columnist commander commentator commission committee community company
        complaint conductor congress congressman congresswoman conservative constitution consul consultant consumer
        contractor coroner corporation correspondent council councillor counsel counselor county couple court cousin
        coverage critic crowd customer dad data daughter dealer defector defendant delegate delegation democrat
        department deputy detective diary diplomat director dispatch dissident doctor document donor driver economist
        editor editorial elder email employee employer engineer envoy executive expert faction fan farmer father
        federation fiance figure file filing firefighter firm foundation founder friend general girl girlfriend governor
        government grandmother group guard guest guideline head hacker heir historian hospital host household husband
        immigrant indictment industry informant insider inspector institute institution intelligence investigation
        investigator investor jew journalist judge juror jury justice king kid lady lawmaker lawsuit lawyer leader
        leadership left legislator legislature letter liberal lieutenant linguist lobbyist magazine maker man manager
        manifesto manual mayor media member memo memoir memorandum mercenary merchant message military militant militia
        minister ministry moderator mom monarch monk mother movement muslim nation neighbor neighbour network newspaper
        nominee nurse observer officer official op-ed operative opponent opposition organiser organization organisation
        organizer outlet owner panel paper parent parliament participant partner party passenger pastor patient patron
        people person philosopher pilot plaintiff player police policeman politician poll pollster pope population post
        prayer premier president presidency press priest prime prince princess principal prisoner producer professor
        profile prosecutor protester provider psychologist public publication publisher pundit pupil queen rabbi rating
        reader rebel record recruiter refugee regime regulator relative report reporter representative republican
        researcher resident resolution respondent review right rival ruling sailor scholar school scientist scripture
        secretary senate senator sentence series service sheriff sister site skeptic society soldier son source speaker
        specialist spokesman spokesperson spokeswoman staff staffer state statement statistics station strategist
        student study subordinate suit supporter survey survivor suspect teacher team technician teenager terrorist
        testimony think-tank tourist transcript traveler treasurer tribunal troop trustee tweet uncle union university
        user veteran victim village visitor voter volunteer website wife winner witness woman women men worker
        world writer youth half majority minority number percent guy folks tabloid daily weekly wire giant startup
        retailer operator carrier manufacturer utility lender insurer kremlin pentagon bible koran quran tribe chamber
        commonwealth empire kingdom republic country
        abbot academy accuser advisory ambulance anaesthetist architect archive auditor authority ballet banker board
        brewer brigade broker builder bursar butcher campaigner carpenter caretaker cathedral choir clinic club coast
        coastguard collector commissioner committee comptroller consortium consulate cook cooperative curator deckhand
        dealer defence delegation developer diocese dispatcher doorman electrician embassy escort exporter festival
        fisherman foreman fund gallery gardener hairdresser headquarters headteacher importer inquest inspectorate
        invoice keeper laboratory landlord leak lender librarian lifeguard locksmith mechanic miner monastery museum
        musician neighbourhood newsroom notary office orchestra organiser ombudsman painter palace pathologist
        pharmacist physician planner plumber porter postman prosecution prosecutor railway registrar registry rescuer
        scout shareholder sheet shop shopkeeper signalman skipper squad studio supplier surgeon surveyor taxman tenant
        archbishop frontrunner mogul runner tycoon
        theatre trader trainer trust undertaker vet veterinarian waiter warden watchdog watchman welder whistleblower
        """,
    )
)
ENDINGS = ("man", "men", "woman", "women", "person", "ist", "ists", "ian", "ians", "crat", "crats", "logist", "ologist")
NOT_SPEAKING = {
    "you",
    "it",
    "this",
    "that",
    "what",
    "which",
    "there",
    "these",
    "those",
    "everything",
    "nothing",
    "whatever",
}


def can_speak(reader: Reader, source: tuple[Span, ...]) -> bool:
    """Whether the head of a source names a speaker; a name always does, an unknown word does not."""
    words = reader.words_of(*source)
    if not words:
        return True
    forms = reader.forms(words)
    if len(forms) == 1:
        if forms[0] in NOT_SPEAKING:
            return False
        if forms[0] in SPEAKING_PRONOUNS:
            return True
    if forms[0] in NOT_SPEAKING - {"this", "that", "these", "those"}:
        return False
    for k, (word, form) in enumerate(zip(words, forms, strict=True)):
        if k and form in {"who", "which", "that", "of", "in", "for", "from", "at", "with", "on", ",", "to", "about"}:
            break
        if word.pos == "PROPN" and not _is_possessive(forms, k):
            return True
        if word.pos in {"NOUN", "ADJ", "PRON"} and _is_speaker(form) and not _is_possessive(forms, k):
            return True
    return False


def _is_speaker(form: str) -> bool:
    return any(b in SPEAKERS or b in SPEAKING_PRONOUNS for b in base_forms(form)) or form.endswith(ENDINGS)


def _is_possessive(forms: list[str], k: int) -> bool:
    return k + 1 < len(forms) and bool(re.fullmatch(r"['’]s?", forms[k + 1]))
