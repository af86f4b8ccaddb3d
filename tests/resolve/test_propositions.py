"""What a document's statements put forward: whom for, on which side, and what a content that only points means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from onrecord.records import Act, Kind, Polarity, Span, Stance, Statement
from onrecord.resolve.base import Proposition
from onrecord.resolve.propositions import make_propositions
from tests.factories import make_document, make_statement


def read(text: str, *rows: tuple[str, str, str, dict[str, object]]) -> tuple[Proposition, ...]:
    """The propositions of a text, of (root, cue, content, fields) rows."""
    document = make_document(text)
    statements: Sequence[Statement] = [
        make_statement(document, content, chain=(root,), cue=cue, **fields) for root, cue, content, fields in rows
    ]
    return make_propositions(document, statements)


def spans(text: str, *pieces: str) -> tuple[Span, ...]:
    """Where pieces first stand in a text."""
    return tuple(Span(text.index(piece), text.index(piece) + len(piece)) for piece in pieces)


POSITIVE: dict[str, object] = {}
NEGATIVE: dict[str, object] = {"polarity": Polarity.NEGATIVE, "act": Act.DENY}
DECLINES: dict[str, object] = {"polarity": Polarity.UNKNOWN, "act": Act.DECLINE}


def test_a_left_out_verb_affirms_what_was_denied() -> None:
    text = "Ghana denied that Konate had crossed the river border. Awa Sarr insisted that he had."
    denied, insisted = read(
        text,
        ("Ghana", "denied", "that Konate had crossed the river border", NEGATIVE),
        ("Awa Sarr", "insisted", "that he had", POSITIVE),
    )
    assert (denied.stance, insisted.stance) == (Stance.DENIES, Stance.ASSERTS)
    assert insisted.points_at == denied.id


def test_the_contrary_is_a_denial() -> None:
    text = "The launch reached its planned orbit, Kestrel said. Hobby astronomers say otherwise."
    said, otherwise = read(
        text,
        ("Kestrel", "said", "The launch reached its planned orbit", POSITIVE),
        ("Hobby astronomers", "say", "otherwise", POSITIVE),
    )
    assert (otherwise.points_at, otherwise.stance) == (said.id, Stance.DENIES)


def test_no_such_thing_denies_what_was_said_of_the_speaker() -> None:
    text = (
        "Soldiers had attempted a coup in Nouakem, a diplomat said. Three cars crossed the market square, Awa Sarr "
        "said. Nouakem denied that there had been any such thing."
    )
    coup, cars, denied = read(
        text,
        ("a diplomat", "said", "Soldiers had attempted a coup in Nouakem", POSITIVE),
        ("Awa Sarr", "said", "Three cars crossed the market square", POSITIVE),
        ("Nouakem", "denied", "that there had been any such thing", NEGATIVE),
    )
    assert denied.points_at == coup.id != cars.id
    assert denied.holds is False


def test_a_refusal_is_about_its_topic_else_about_the_lead() -> None:
    text = (
        "The bridge fell after heavy rain, Reyes said. A valve was left open, Kamo said. Vial would not comment on the "
        "valve. The ministry declined to comment."
    )
    rain, valve, on_valve, bare = read(
        text,
        ("Reyes", "said", "The bridge fell after heavy rain", POSITIVE),
        ("Kamo", "said", "A valve was left open", POSITIVE),
        ("Vial", "would not comment on", "the valve", DECLINES),
        ("the ministry", "declined", "to comment", DECLINES),
    )
    assert on_valve.points_at == valve.id
    assert bare.points_at == rain.id
    assert {on_valve.stance, bare.stance} == {Stance.DECLINES}


def test_a_clause_with_a_pronoun_needs_nothing_to_stand_for() -> None:
    text = "Awa Sarr crossed the border at night, Ghana said. Tall denied that he had been arrested."
    _, denied = read(
        text,
        ("Ghana", "said", "Awa Sarr crossed the border at night", POSITIVE),
        ("Tall", "denied", "that he had been arrested", NEGATIVE),
    )
    assert denied.points_at is None
    assert denied.holds is False


def test_who_withdraws_takes_back_what_he_said_himself() -> None:
    text = (
        "Bjark had blamed the naval exercise for it. The whales were ill, a report says. Bjark withdrew her accusation."
    )
    blamed, _, withdrew = read(
        text,
        ("Bjark", "had blamed", "the naval exercise for it", {"act": Act.ACCUSE}),
        ("a report", "says", "The whales were ill", POSITIVE),
        ("Bjark", "withdrew", "her accusation", NEGATIVE),
    )
    assert withdrew.points_at == blamed.id
    assert withdrew.retracts
    assert withdrew.stance is Stance.DENIES


def test_joint_roots_are_two_voices() -> None:
    text = "Norway and Ghana announced that two engineers had been freed."
    first, second = read(text, ("Norway and Ghana", "announced", "that two engineers had been freed", POSITIVE))
    assert (first.body, second.body) == ("Norway", "Ghana")
    assert second.points_at == first.id
    assert first.statement_id == second.statement_id


def test_a_quotation_right_behind_what_a_body_says_is_by_its_mouth() -> None:
    text = "The harbour board denied that it had a leak. “No tank was open,” said Ann Lee."
    said = {"kind": Kind.DIRECT}
    board, lee = read(
        text,
        ("The harbour board", "denied", "that it had a leak", NEGATIVE),
        ("Ann Lee", "said", "No tank was open", said),
    )
    assert lee.body == board.body


def test_media_that_cite_somebody_pass_it_on() -> None:
    text = "There was a coup, according to media reports which cite a diplomat."
    (told,) = read(text, ("media reports which cite a diplomat", "according to", "There was a coup", POSITIVE))
    assert (told.root, told.via) == ("a diplomat", ("media reports",))


def test_whom_a_content_begins_by_citing_is_its_root() -> None:
    text = "The weekly Sobota had reported, citing two officials, that both envoys would be sent home."
    said = "citing two officials, that both envoys would be sent home"
    (told,) = read(text, ("Sobota", "had reported", said, POSITIVE))
    assert (told.root, told.via, told.text) == ("two officials", ("Sobota",), "both envoys would be sent home")


def test_no_such_request_is_about_the_request() -> None:
    text = (
        "Eastland asked Westmark for tanks, officials said. Eastland would face a long winter, an aide said. Eastland "
        "denied that there had been any such request. Westmark said that the reports were disinformation."
    )
    asked, _, denied, called = read(
        text,
        ("officials", "said", "Eastland asked Westmark for tanks", POSITIVE),
        ("an aide", "said", "Eastland would face a long winter", POSITIVE),
        ("Eastland", "denied", "that there had been any such request", NEGATIVE),
        ("Westmark", "said", "that the reports were disinformation", POSITIVE),
    )
    assert (denied.points_at, denied.holds) == (asked.id, False)
    assert (called.points_at, called.holds) == (asked.id, False)


def test_we_of_a_page_is_its_outlet() -> None:
    (told,) = read("We reported that the guard was held.", ("We", "reported", "that the guard was held", POSITIVE))
    assert (told.root, told.named) == ("Westmark Courier", True)


def test_a_description_cut_short_is_still_no_name() -> None:
    text = "A plane landed, a diplomat who told the Dispatch so said."
    (told,) = read(text, ("a diplomat who told the Dispatch so", "said", "A plane landed", POSITIVE))
    assert (told.body, told.named) == ("a diplomat", False)


def test_a_denial_of_several_sentences_is_of_one_of_them() -> None:
    text = (
        "Hydro opened the gates of the dam on Saturday without warning, Chanda Mwila said. "
        '"No siren, no text. The river came at supper." Derek Hughes denied it.'
    )
    gates, *_, denied = read(
        text,
        ("Chanda Mwila", "said", "Hydro opened the gates of the dam on Saturday without warning", POSITIVE),
        ("Chanda Mwila", "said", "No siren, no text. The river came at supper", {"kind": Kind.DIRECT}),
        (
            "Derek Hughes",
            "denied",
            "it",
            {**NEGATIVE, "stands_for": spans(text, text[: text.index(", Chanda")], "No siren, no text")},
        ),
    )
    assert gates.stance is Stance.ASSERTS
    assert (denied.points_at, denied.stance) == (gates.id, Stance.DENIES)


def test_what_is_taken_back_was_said() -> None:
    text = "The engineer who had said that the wall has shifted by a metre has taken it back."
    back, said = read(text, ("the engineer", "had said", "that the wall has shifted by a metre", POSITIVE))
    assert (back.retracts, back.stance) == (True, Stance.DENIES)
    assert (said.recalled, said.stance, said.points_at) == (True, Stance.ASSERTS, back.id)


def test_who_does_not_believe_somebody_holds_the_opposite() -> None:
    text = (
        "The leak came from the bank, a trader said. Tessa Lind denied that the leak came from the bank. Per Holt does "
        "not believe her."
    )
    leak, denied, doubts = read(
        text,
        ("a trader", "said", "The leak came from the bank", POSITIVE),
        ("Tessa Lind", "denied", "that the leak came from the bank", NEGATIVE),
        ("Per Holt", "does not believe", "her", {"polarity": Polarity.NEGATIVE, "act": Act.THINK}),
    )
    assert leak.holds
    assert (doubts.points_at, doubts.stance) == (denied.id, Stance.ASSERTS)


def test_seeing_it_differently_is_a_denial() -> None:
    text = 'Ana Torres wrote: "I misread a gauge. The wall has not shifted." The university sees it differently.'
    quote = "I misread a gauge. The wall has not shifted"
    *_, differs = read(
        text,
        ("Ana Torres", "wrote", quote, {"kind": Kind.DIRECT}),
        (
            "The university",
            "sees",
            "it differently",
            {"act": Act.THINK, "stands_for": spans(text, quote)},
        ),
    )
    assert (differs.text, differs.stance) == ("The wall has not shifted", Stance.ASSERTS)


def test_having_been_wrong_takes_no_admission_back() -> None:
    text = 'Velaro has admitted that the cell can catch fire. "We were wrong. The cell can catch fire," Velaro said.'
    admitted, *said = read(
        text,
        ("Velaro", "has admitted", "that the cell can catch fire", {"act": Act.CONFIRM}),
        ("Velaro", "said", "We were wrong. The cell can catch fire", {"kind": Kind.DIRECT}),
    )
    assert admitted.admits
    assert not any(p.retracts for p in said)


def test_a_bare_no_denies_and_what_follows_is_said_too() -> None:
    text = (
        "The road bridge over the Sava was closed, the union said. "
        "“That is simply not the case. Two lanes were open,” Ann Lee said."
    )
    said, no, open_ = read(
        text,
        ("the union", "said", "The road bridge over the Sava was closed", POSITIVE),
        ("Ann Lee", "said", "That is simply not the case. Two lanes were open", {"kind": Kind.DIRECT}),
    )
    assert (no.points_at, no.stance) == (said.id, Stance.DENIES)
    assert (open_.text, open_.points_at) == ("Two lanes were open", None)


def test_a_bare_yes_affirms_and_admits() -> None:
    text = "The road bridge over the Sava was closed, the union said. “Yes, it's true,” Ann Lee said."
    said, yes = read(
        text,
        ("the union", "said", "The road bridge over the Sava was closed", POSITIVE),
        ("Ann Lee", "said", "Yes, it's true", {"kind": Kind.DIRECT}),
    )
    assert (yes.points_at, yes.stance, yes.admits) == (said.id, Stance.ASSERTS, True)


def test_yes_before_the_same_in_own_words_admits_it() -> None:
    text = "“Yes, I sat in the car,” Ann Lee said."
    (yes,) = read(text, ("Ann Lee", "said", "Yes, I sat in the car", {"kind": Kind.DIRECT}))
    assert (yes.text, yes.stance, yes.admits) == ("Ann Lee sat in the car", Stance.ASSERTS, True)


def test_what_is_corrected_or_deleted_is_taken_back() -> None:
    for cue, content in (("corrected", "itself"), ("has since deleted", "the post"), ("no longer says", "so")):
        text = f"The bridge is closed, the union said. It {cue} {content}."
        said, back = read(
            text,
            ("the union", "said", "The bridge is closed", POSITIVE),
            ("the union", cue, content, POSITIVE),
        )[:2]
        assert (back.points_at, back.retracts, back.stance) == (said.id, True, Stance.DENIES)


def test_an_earlier_version_of_an_article_is_the_outlets_and_taken_back() -> None:
    text = "Correction: An earlier version of this article said that the bridge was closed. This was wrong."
    back, before = read(text, ("an earlier version of this article", "said", "that the bridge was closed", POSITIVE))
    assert (back.root, back.stance, back.retracts) == ("Westmark Courier", Stance.DENIES, True)
    assert (before.stance, before.recalled) == (Stance.ASSERTS, True)


def test_the_accused_is_who_does_it() -> None:
    text = "Ann Lee accuses Norvik Foods of having copied its bottle."
    (accused,) = read(text, ("Ann Lee", "accuses", "Norvik Foods of having copied its bottle", {"act": Act.ACCUSE}))
    assert accused.text == "Norvik Foods copied its bottle"
    assert accused.agents == {"norvik foods"}


def test_a_count_that_is_given_anew_takes_the_old_one_back() -> None:
    text = "The fire service revised the number of injured in the blast from 200 to 40."
    old, new = read(
        text, ("the fire service", "revised", "the number of injured in the blast from 200 to 40", POSITIVE)
    )
    assert (old.text, old.retracts, old.stance) == ("200 injured in the blast", True, Stance.DENIES)
    assert (new.text, new.retracts, new.stance) == ("40 injured in the blast", False, Stance.ASSERTS)
    assert [f.value for p in (old, new) for f in p.figures] == [200, 40]


def test_what_a_count_is_not_is_denied() -> None:
    text = "The number of deaths is 36, not 63, the clerk said."
    old, new = read(text, ("the clerk", "said", "The number of deaths is 36, not 63", POSITIVE))
    assert (old.text, old.stance) == ("63 deaths", Stance.DENIES)
    assert (new.text, new.stance) == ("36 deaths", Stance.ASSERTS)


def test_how_it_was_not_is_denied() -> None:
    text = "The sheep near Tarn were killed by dogs, not by a wolf, the forest office said."
    old, new = read(
        text, ("the forest office", "said", "The sheep near Tarn were killed by dogs, not by a wolf", POSITIVE)
    )
    assert (old.text, old.stance) == ("The sheep near Tarn were killed by a wolf", Stance.DENIES)
    assert (new.text, new.stance) == ("The sheep near Tarn were killed by dogs", Stance.ASSERTS)


def test_what_is_withdrawn_goes_without_the_paper_that_told_it() -> None:
    text = "The group has withdrawn its claim that soldiers burned Kesh."
    withdrew, _ = read(text, ("the group", "has withdrawn", "its claim that soldiers burned Kesh", NEGATIVE))
    assert (withdrew.text, withdrew.retracts, withdrew.stance) == ("soldiers burned Kesh", True, Stance.DENIES)


def test_who_recants_takes_back_what_the_page_has_him_deny() -> None:
    text = "Carl Boone has recanted. Boone had not seen a phone in the driver's hand, Carl Boone said."
    (said,) = read(
        text,
        ("Carl Boone", "has recanted", "has recanted", NEGATIVE),
        ("Carl Boone", "said", "Boone had not seen a phone in the driver's hand", POSITIVE),
    )
    assert (said.retracts, said.stance) == (True, Stance.DENIES)


def test_the_waitress_is_who_spoke_before_where_nobody_else_was_called_so() -> None:
    text = "Lerato Phiri has changed her mind. Phiri said she was wrong. He was not there, the waitress added."
    rows = (
        ("Lerato Phiri", "said", "she was wrong", POSITIVE),
        ("the waitress", "added", "He was not there", POSITIVE),
    )
    assert {p.body for p in read(text, *rows)} == {"Lerato Phiri"}
    other = text.replace("Phiri said", "A waitress had called. Phiri said")
    assert {p.body for p in read(other, *rows)} == {"Lerato Phiri", "the waitress"}


def test_a_paper_that_reports_what_somebody_told_it_only_passes_it_on() -> None:
    text = "US officials told CNN that Russia asked for arms, the broadcaster reported."
    document = make_document(text)
    outer = make_statement(
        document, "US officials told CNN that Russia asked for arms", chain=("the broadcaster",), cue="reported"
    )
    inner = make_statement(
        document, "Russia asked for arms", chain=("the broadcaster", "US officials"), cue="told", outer=outer.id
    )
    reports, told = make_propositions(document, [outer, inner])
    assert (reports.passed_on, told.passed_on) == (True, False)


def test_who_speaks_of_disinformation_denies_what_was_asserted() -> None:
    text = (
        "Eastland had asked Westmark for tanks, officials said. Eastland has not asked for anything, said the Kremlin. "
        "Lu Hao spoke of disinformation from abroad. “That is malicious”, said Lu Hao."
    )
    said, _, spoke, malicious = read(
        text,
        ("officials", "said", "Eastland had asked Westmark for tanks", POSITIVE),
        ("Kremlin", "said", "Eastland has not asked for anything", POSITIVE),
        ("Lu Hao", "spoke of", "disinformation from abroad", POSITIVE),
        ("Lu Hao", "said", "That is malicious", POSITIVE),
    )
    assert [(p.points_at, p.stance) for p in (spoke, malicious)] == [(said.id, Stance.DENIES)] * 2


def test_what_somebody_adds_to_a_denial_in_own_words_is_not_denied() -> None:
    text = "Ramon Usera denied that the coach would go. “He will eat his grapes with us,” he said."
    document = make_document(text)
    content = spans(text, "that the coach would go", "He will eat his grapes with us")
    statement = make_statement(document, "that the coach would go", chain=("Ramon Usera",), cue="denied", **NEGATIVE)
    denied, added = make_propositions(document, [replace(statement, content=content, kind=Kind.MIXED)])
    assert (denied.text, denied.stance) == ("the coach would go", Stance.DENIES)
    assert added.stance is Stance.ASSERTS


def test_a_content_behind_citing_is_no_source() -> None:
    text = "Several papers reported, citing officials, that Chad had sold a mine to Ghana."
    (told,) = read(text, ("Several papers", "reported, citing", "that Chad had sold a mine to Ghana", POSITIVE))
    assert told.text == "Chad had sold a mine to Ghana"


def test_to_call_a_thing_unclear_or_to_oppose_it_denies_nothing() -> None:
    text = "The number of victims is not clear, Moe said. Lind opposed the deal with Halden."
    unclear, opposed = read(
        text,
        ("Moe", "said", "The number of victims is not clear", POSITIVE),
        ("Lind", "opposed", "the deal with Halden", {"polarity": Polarity.NEGATIVE, "act": Act.THINK}),
    )
    assert (unclear.stance, opposed.stance) == (Stance.UNKNOWN, Stance.UNKNOWN)


def test_a_clause_denies_only_what_it_says() -> None:
    text = "It isn't to everyone's taste but Moe's daughter loaded the song, Lind said."
    taste, song = read(
        text, ("Lind", "said", "It isn't to everyone's taste but Moe's daughter loaded the song", POSITIVE)
    )
    assert (taste.stance, song.stance) == (Stance.DENIES, Stance.ASSERTS)


def test_what_ends_in_half_a_verb_says_something_by_itself() -> None:
    text = "The army stood ten miles off, Lind said. The priest said it could never happen and now it almost has."
    _, happened, *_ = read(
        text,
        ("Lind", "said", "The army stood ten miles off", POSITIVE),
        ("The priest", "said", "it could never happen and now it almost has", POSITIVE),
    )
    assert happened.points_at is None


def test_who_is_against_a_thing_denies_nothing_that_was_said_of_it() -> None:
    text = "The treaty was once called golden, Lind said. Moe opposes the deal. Roe does not believe her."
    opposes: dict[str, object] = {"polarity": Polarity.NEGATIVE, "act": Act.THINK}
    said, opposed, doubts = read(
        text,
        ("Lind", "said", "The treaty was once called golden", POSITIVE),
        ("Moe", "opposes", "the deal", opposes),
        ("Roe", "does not believe", "her", opposes),
    )
    assert (opposed.points_at, opposed.stance) == (None, Stance.UNKNOWN)
    assert (doubts.points_at, doubts.stance) == (said.id, Stance.DENIES)


def test_a_content_knows_its_page() -> None:
    text = "Fire at the mill\n\nA storm was on its way. Two men were seen at the mill, Lind said."
    document = replace(make_document(text), title="Fire at the mill")
    statement = make_statement(document, "Two men were seen at the mill", chain=("Lind",), cue="said")
    (said,) = make_propositions(document, [statement])
    assert said.passage == ("A storm was on its way.", "Two men were seen at the mill")


def test_what_somebody_calls_or_feels_about_a_thing_says_nothing_of_what_was_said() -> None:
    text = (
        "The port was closed by the coast guard, Lind said. Moe called it a sad day. Roe was pleased with this. "
        "Ott spoke of that. Ness called that figure a fairy tale."
    )
    said, called, pleased, spoke, fairy = read(
        text,
        ("Lind", "said", "The port was closed by the coast guard", POSITIVE),
        (
            "Moe",
            "called",
            "it a sad day",
            {"act": Act.ACCUSE, "stands_for": spans(text, "The port was closed by the coast guard")},
        ),
        ("Roe", "was pleased with", "this", {"stands_for": spans(text, "The port was closed by the coast guard")}),
        ("Ott", "spoke of", "that", {"stands_for": spans(text, "The port was closed by the coast guard")}),
        (
            "Ness",
            "called",
            "that figure a fairy tale",
            {"stands_for": spans(text, "The port was closed by the coast guard")},
        ),
    )
    assert (called.points_at, called.stance) == (None, Stance.UNKNOWN)
    assert (pleased.points_at, pleased.stance) == (None, Stance.UNKNOWN)
    assert (spoke.points_at, spoke.stance) == (said.id, Stance.ASSERTS)
    assert (fairy.points_at, fairy.stance) == (said.id, Stance.DENIES)


@pytest.mark.parametrize(
    ("cue", "content", "asked"),
    [
        ("declined", "to verify the report", True),
        ("declined", "to return several calls", True),
        ("refused", "to answer", True),
        ("would not", "comment", True),
        ("refused", "to leave", False),
        ("declined", "to attend the meeting", False),
        ("refused", "to release the hostages", False),
        ("refused", "to return to work", False),
    ],
)
def test_who_will_not_do_a_thing_was_not_asked(cue: str, content: str, asked: bool) -> None:
    text = f"The army burned the port, Lind said. The mayor {cue} {content}."
    said, will_not = read(
        text, ("Lind", "said", "The army burned the port", POSITIVE), ("The mayor", cue, content, DECLINES)
    )
    expected = (said.id, Stance.DECLINES) if asked else (None, Stance.UNKNOWN)
    assert (will_not.points_at, will_not.stance) == expected


def test_who_denies_a_thing_denies_what_was_said_and_who_rejects_one_does_not() -> None:
    text = (
        "Peter Moe stole the old lamp, Lind said. Moe is denying the theft. Roe rejected her. Ott was denied a visa. "
        "A theft was denied by Berg."
    )
    said, denying, rejected, denied, passive = read(
        text,
        ("Lind", "said", "Peter Moe stole the old lamp", POSITIVE),
        ("Moe", "is denying", "the theft", NEGATIVE),
        ("Roe", "rejected", "her", NEGATIVE),
        ("Ott", "was denied", "a visa", NEGATIVE),
        ("Berg", "was denied by", "A theft", NEGATIVE),
    )
    assert (passive.points_at, passive.stance) == (said.id, Stance.DENIES)
    assert (denying.points_at, denying.stance) == (said.id, Stance.DENIES)
    assert (rejected.points_at, denied.points_at) == (None, None)


def test_it_is_what_was_said_not_long_before() -> None:
    others = ["The mill was closed", "The road was paved", "The wells were full", "Two ships came", "A storm began"]
    text = f"The army burned the port, Lind said. {'. '.join(others)}, Roe said. Moe denied it."
    said, *_, near = read(
        text, ("Lind", "said", "The army burned the port", POSITIVE), ("Moe", "denied", "it", NEGATIVE)
    )
    *_, far = read(
        text,
        ("Lind", "said", "The army burned the port", POSITIVE),
        *(("Moe", "said", other, POSITIVE) for other in others),
        ("Moe", "denied", "it", NEGATIVE),
    )
    assert (near.points_at, far.points_at) == (said.id, None)
