"""`rules measure`: how well the rules judge labelled messages, and how fast. Through the same code that the socket uses."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import numpy as np

from app.base.encoder import Encoder
from app.base.errors import Misconfigured
from app.ops.training import corpus
from app.ops.training.figures import figures
from app.rules.book import Book
from app.rules.draft import Draft
from app.rules.judging import judge
from app.rules.meaning import LABELS
from app.rules.parts import stretches
from app.rules.verdict import Hold, Judgement, Nudge, Refuse, verdict_of


@dataclass(frozen=True, slots=True)
class Measured:
    """One message judged. `micros`: all rules, `encoder_micros`: the encoder before them."""

    judgement: Judgement
    micros: float
    encoder_micros: float

    @property
    def labels(self) -> set[str]:
        """The labels that the judgement amounts to: rules and care kinds."""
        return {finding.rule for finding in self.judgement.findings} | {card.kind for card in self.judgement.care}


def measure(paths: Sequence[Path], book: Book, encoder: Encoder | None, label: str | None = None) -> Iterator[str]:
    """Lines to read: a table of figures, the false alarms, the times. Misconfigured: a file that cannot be used.

    `label`: the files are about this label alone (lines with `text` and `label`, 0 or 1).
    """
    if label is not None and label not in LABELS:
        raise Misconfigured(f"{label}: there is no such label; there are {', '.join(LABELS)}")
    examples = corpus.read(paths, label)
    if not examples:
        yield "No messages."
        return
    measured = [judged(example.text, book, encoder) for example in examples]
    yield f"{len(examples):,} messages, {'with the encoder' if encoder else 'light heads only'}"
    yield f"{'label':15} precision recall    F1 [95 % interval]     of"
    for name in LABELS if label is None else [label]:
        predicted = np.array([name in each.labels for each in measured])
        true = np.array([name in example.labels for example in examples])
        told = figures(predicted, true)
        yield (
            f"{name:15}     {told.precision:.3f}  {told.recall:.3f} {told.f1:.3f} [{told.low:.3f}, {told.high:.3f}] {told.positives:6}"
        )
    if label is None:
        yield from _alarms(examples, measured)
    yield from _times(measured)


def judged(text: str, book: Book, encoder: Encoder | None) -> Measured:
    """One message, with its times."""
    start = perf_counter()
    meaning = None
    if encoder is not None:
        meaning = encoder.at_once(stretches(text))
    between = perf_counter()
    judgement = judge(Draft(text, 0.0, meaning=meaning), book)
    end = perf_counter()
    return Measured(judgement, (end - between) * 1e6, (between - start) * 1e6)


def _alarms(examples: Iterable[corpus.Example], measured: Iterable[Measured]) -> Iterator[str]:
    pairs = list(zip(examples, measured, strict=True))
    clean = [each for example, each in pairs if not set(example.labels) - {"adverse-event"}]
    crisis = [each for example, each in pairs if "crisis" in example.labels]
    stopped = sum(isinstance(each.judgement, Refuse | Hold) for each in clean)
    nudged = sum(isinstance(each.judgement, Nudge) for each in clean)
    yield (
        f"clean messages (side effects among them): {len(clean):,}, refused or held {_share(stopped, len(clean))}, "
        f"nudged {_share(nudged, len(clean))}"
    )
    kept = sum(isinstance(each.judgement, Refuse | Hold) for each in crisis)
    yield f"messages of people in crisis: {len(crisis):,}, refused or held {kept}"


def _times(measured: Sequence[Measured]) -> Iterator[str]:
    for name, times in (
        ("rules and light heads", [each.micros for each in measured]),
        ("encoder, one at a time", [each.encoder_micros for each in measured]),
    ):
        middle, slow = np.percentile(times, [50, 99])
        yield f"µs a message, {name}: p50 {middle:,.0f}, p99 {slow:,.0f}"


def _share(part: int, whole: int) -> str:
    return f"{part} ({100 * part / max(1, whole):.2f} %)"


def explain(text: str, book: Book, encoder: Encoder | None) -> Iterator[str]:
    """Lines to read: what folded to what, what each rule found, what the heads make of it, what becomes of it."""
    from app.rules import judging, meaning  # noqa: PLC0415
    from app.rules.folding import fold  # noqa: PLC0415
    from app.rules.listening import listen  # noqa: PLC0415

    folded = fold(text)
    scores = None if encoder is None else encoder.at_once(stretches(text))
    draft = Draft(text, 0.0, meaning=scores)
    yield f"folded    {folded.text}"
    heard = listen(folded)
    asked = [rule for rule in judging.SEVERE_FIRST if rule not in book.disabled]
    code = [finding for each in judging.in_code(draft, folded, heard, book, asked).values() for finding in each]
    for finding in code:
        yield f"in code   {finding.rule}.{finding.level}: {', '.join(text[start:end] for start, end in finding.spans)}"
    weighed, light = judging.weigh(draft, folded, heard, code), meaning.light(folded)
    yield f"weighed   ({weighed.storey})  certainty  level     light  encoder"
    for at, label in enumerate(LABELS):
        encoded = "" if scores is None else f"{scores[at]:8.2f}"
        yield f"          {label:15} {weighed.certainty[at]:.3f}  {weighed.levels[at] or '-':9} {light[at]:6.2f} {encoded}"
    judgement = judge(draft, book)
    for finding in judgement.findings:
        yield f"finding   {finding.rule}.{finding.level} -> {judging.decided(finding, draft, book)}: {finding.why}"
    for card in judgement.care:
        yield f"care      {card.kind}: {card.text}"
    yield f"verdict   {verdict_of(judgement)}"
