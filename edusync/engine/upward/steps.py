"""Send one step: intended in the store before it is sent, done after; looked up when in doubt."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from edusync.engine.interruption import finished_first
from edusync.engine.upward.refusals import check_stated, match_lines, named_lines
from edusync.engine.upward.sheet import THEN
from edusync.engine.upward.step_reads import Done, to_keep
from edusync.engine.verdicts import Undecided, decided
from edusync.errors import CallFailed, CallNotMade, SourceError
from edusync.model import UNKNOWN
from edusync.spec.evaluate import Unreadable
from edusync.spec.tree import AskSomebody, HttpCall, LookFirst, Statement
from edusync.spec.watch import show
from edusync.state.uploads import Progress
from edusync.transport.judging import Forbidden, ReadAgain, RefusedWrite, WriteInDoubt
from edusync.words import name_words, redacted

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from datetime import datetime

    from edusync.engine.read.lists import Lists
    from edusync.engine.read.source import AnySource
    from edusync.engine.upward.heard import Refusals
    from edusync.engine.upward.step_reads import StepReads
    from edusync.spec.tree import Step
    from edusync.state.uploads import StepKey, Uploads
    from edusync.transport.message import Answer


class Doubtful(Exception):
    """A write of which nobody knows whether it landed; `person` when only a person can find out."""

    def __init__(self, words: str, *, person: bool = False) -> None:
        super().__init__(words)
        self.person = person


class Refusal(Exception):
    """The ERP does not want a write.

    `named` maps lines, by their key, to what it says about each; empty when it names none. `again`
    says that it moved on, and takes the write once it was read again.
    """

    def __init__(
        self, code: str, message: str, named: Mapping[str, str], *, again: bool = False
    ) -> None:
        super().__init__(message)
        self.code, self.message, self.named, self.again = code, message, named, again


class StepSender:
    """Send the steps of one account.

    `names_on` returns the names of everybody on a sheet, None when somebody's are not known: they
    are taken out of what the ERP says before it is kept.
    """

    def __init__(
        self,
        uploads: Uploads,
        source: AnySource,
        names_on: Callable[[str], Collection[str] | None],
        refusals: Refusals,
        reads: StepReads,
    ) -> None:
        self.refusals, self.reads = refusals, reads
        self.uploads, self.source, self.names_on = uploads, source, names_on
        self.progress: dict[StepKey, Progress] = uploads.steps()
        self.stood: set[StepKey] = set()
        """Steps that were done before the lists were read: what they wrote is to be found there."""
        self.ran: set[StepKey] = set()
        """Steps that came up in this run."""
        self.sent: set[StepKey] = set()
        """Those of them that were sent, and not only found done."""
        self.doubts: dict[StepKey, str] = {}  # why nobody knows whether they landed

    def note_standing(self) -> None:
        """Note what is done, right before the lists are read anew."""
        self.stood = {key for key, found in self.progress.items() if found.status == "done"}

    def is_in_doubt(self, key: StepKey) -> bool:
        """Whether nobody knows if a step landed."""
        return key in self.progress and self.progress[key].status == "intended"

    def doubtful(self, source_id: str) -> datetime | None:
        """Return when the last write in doubt of a sheet was sent.

        None when nothing of it is in doubt.
        """
        return max(
            (
                found.at
                for key, found in self.progress.items()
                if key.source_id == source_id and found.status == "intended"
            ),
            default=None,
        )

    def has_begun(self, source_id: str) -> bool:
        """Whether anything of a sheet was sent, or may have been, of which nothing more is kept."""
        return any(key.source_id == source_id for key in self.progress)

    def forget_after(self, source_id: str) -> None:
        """Let the steps after a sheet be due again when lines of it were sent since they were."""
        mine = [key for key in self.progress if key.source_id == source_id]
        after = [key for key in mine if key.step.startswith(THEN) and key not in self.sent]
        done = [key for key in after if self.progress[key].status == "done"]
        if done and any(key in self.sent for key in mine):
            self._undone(done)

    def run(
        self,
        step: Step,
        keys: Sequence[StepKey],
        names: Mapping[str, Any],
        row: Mapping[str, Any],
        lists: Lists,
        send: Callable[[], Answer] | None = None,
    ) -> Done:
        """Send a step once; return what came of it, now or when it was done before.

        Raises Refusal, Doubtful, Forbidden, or SourceError when the ERP is out of reach.
        """
        show(names, step.call)
        if not step.writes:
            return self._read(step, keys, names)
        self.ran.update(keys)
        before = [self.progress.get(key) for key in keys]
        if all(found is not None and found.status == "done" for found in before):
            return self.reads.stored(step, before[0].got if before[0] else {})
        if any(
            found is not None and found.status == "intended" for found in before
        ) and self._landed(step, keys, names, row, lists):
            return self._settled(keys, self.reads.stored(step, {}), answered=False)
        with finished_first():
            return self._sent(step, keys, names, send)

    def _sent(
        self,
        step: Step,
        keys: Sequence[StepKey],
        names: Mapping[str, Any],
        send: Callable[[], Answer] | None,
    ) -> Done:
        """Record a write as intended, send it, and record what came of it."""
        self.uploads.intend(keys)
        self.sent.update(keys)
        self._note(keys, "intended", {})
        try:
            answer = send() if send is not None else self.source.write(step.call, names)
            check_stated(step.refused, answer, names)
        except RefusedWrite as refused:
            self.refusals.note(step, refused.answer)
            try:
                named = (
                    named_lines(step.refused, refused.answer, names)
                    if step.refused and refused.answer is not None
                    else {}
                )
            except Undecided as undecided:
                raise Doubtful(f"nobody can say which lines were refused: {undecided}") from None
            self._undone(keys)
            raise Refusal(
                _code_of(refused),
                self._redacted(refused.message, keys),
                {key: self._redacted(words, keys) for key, words in named.items()},
                again=isinstance(refused, ReadAgain),
            ) from None
        except WriteInDoubt as doubt:
            self.doubts.update(dict.fromkeys(keys, self._redacted(doubt.message, keys)))
            raise Doubtful(self.doubts[keys[0]]) from None
        except Forbidden:
            self._undone(keys)
            raise
        except CallNotMade as unmade:
            self._undone(keys)
            raise Undecided(unmade.message) from None
        except CallFailed as failed:
            self._undone(keys)
            raise Refusal(_code_of(failed), self._redacted(failed.message, keys), {}) from None
        except SourceError:
            # of HTTP it is known that nothing arrived; a database may have lost us at the very end
            if not isinstance(step.call, Statement):
                self._undone(keys)
            raise
        heard = self.refusals.marked(step, answer)
        try:
            others = {
                key: self._redacted(words, keys)
                for key, words in named_lines(step.refused, heard, names).items()
            }
            match_lines(step.refused, others, names)
        except Undecided as undecided:
            self.refusals.tell()
            raise Doubtful(f"nobody can say which lines were refused: {undecided}") from None
        return self._settled(keys, Done(self.reads.of(step, answer), others))

    def _redacted(self, words: str, keys: Sequence[StepKey]) -> str:
        """Return what the ERP said without the people on the sheets that it may speak of."""
        names: list[str] = []
        for sheet in dict.fromkeys(key.source_id for key in keys):
            found = self.names_on(sheet)
            if found is None:
                return redacted(words, None)
            names += found
        return redacted(words, name_words(names))

    def _read(self, step: Step, keys: Sequence[StepKey], names: Mapping[str, Any]) -> Done:
        try:
            answer = self.source.call(step.call, names)
        except Forbidden:
            raise
        except CallNotMade as unmade:
            raise Undecided(unmade.message) from None
        except CallFailed as failed:
            raise Refusal(_code_of(failed), self._redacted(failed.message, keys), {}) from None
        return Done(self.reads.of(step, answer), {})

    def ask(self, step: Step, keys: Sequence[StepKey] = ()) -> None:
        """Raise Doubtful when only a person can find out whether a step landed."""
        if isinstance(step.in_doubt, AskSomebody):
            for why in (self.doubts[key] for key in keys if key in self.doubts):
                raise Doubtful(f"only a person can find out whether it landed: {why}", person=True)
            raise Doubtful("only a person can find out whether it landed", person=True)

    def may_stand(
        self, step: Step, names: Mapping[str, Any], row: Mapping[str, Any], lists: Lists
    ) -> bool:
        """Whether the ERP may hold what was sent of somebody in doubt and says otherwise now.

        Doubtful when only a person can know, or when it could not be read back.
        """
        self.ask(step)
        if not isinstance(step.in_doubt, LookFirst):
            return True
        found = _looked_up(step.in_doubt, names, row, lists)
        if found is UNKNOWN:
            raise Doubtful("what the ERP holds could not be read back")
        return bool(found)

    def _landed(
        self,
        step: Step,
        keys: Sequence[StepKey],
        names: Mapping[str, Any],
        row: Mapping[str, Any],
        lists: Lists,
    ) -> bool:
        """Whether a write in doubt is known to have landed; Doubtful if only a person can know."""
        doubt = step.in_doubt
        self.ask(step, keys)
        if not isinstance(doubt, LookFirst):
            return False
        found = _looked_up(doubt, names, row, lists)
        landed = decided(doubt.done, None, {**names, "found": found})
        if found is UNKNOWN or landed is UNKNOWN:
            raise Doubtful("what the ERP holds could not be read back")
        if landed and found in (None, [], "") and not _takes_away(step):
            raise Doubtful("nothing of it was found in the ERP, and `done` says that it landed")
        return bool(landed)

    def _settled(self, keys: Sequence[StepKey], done: Done, *, answered: bool = True) -> Done:
        kept = to_keep(done, answered=answered)
        self.uploads.done(keys, kept)
        self._note(keys, "done", kept)
        return done

    def _undone(self, keys: Sequence[StepKey]) -> None:
        self.uploads.undo(keys)
        for key in keys:
            self.progress.pop(key, None)

    def _note(self, keys: Sequence[StepKey], status: str, got: Mapping[str, Any]) -> None:
        now = self.uploads.store.now()
        self.progress.update({key: Progress(status, got, now) for key in keys})


def _takes_away(step: Step) -> bool:
    """Whether a step deletes something, so that nothing is there once it landed."""
    return isinstance(step.call, HttpCall) and step.call.verb == "DELETE"


def _code_of(failed: CallFailed) -> str:
    """Return the code of a line that a call failed for: that of the spec, if it is one of lines."""
    return failed.code if failed.code.startswith("UP_") else "UP_ERP_REJECTED"


def _looked_up(
    doubt: LookFirst, names: Mapping[str, Any], row: Mapping[str, Any], lists: Lists
) -> Any:
    """Return what the ERP holds where a write in doubt would stand; UNKNOWN when not read."""
    try:
        return lists.compile(doubt.look)(dict(row), names)
    except Unreadable:
        return UNKNOWN
