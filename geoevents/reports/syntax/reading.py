"""The clauses of a sentence while they are read: which are open, and what stood just before."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geoevents.reports.model import When
from geoevents.reports.syntax.model import Attached, Clause

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geoevents.reports.syntax.chunking import Chunk
    from geoevents.reports.syntax.lexicon import Lexicon
    from geoevents.reports.syntax.model import Link, NounPhrase, VerbGroup, Word

_DEEP = 30  # clauses open at once
FINITE = frozenset({"finite", "ed", "base"})
"""Forms of verb groups that have a tense, or may have one."""


@dataclass(slots=True)
class Open:
    """
    A clause that is being read.

    Attributes
    ----------
    clause : Clause
        The clause.
    above : Open or None
        The one it hangs on.
    waiting : list of NounPhrase
        What stood before its verb.
    form : str
        The form of its verb, as a `Chunk` has it.
    tentative : bool
        Whether "as", "after"... opened it: it is no clause if no verb comes.
    aside : bool
        Whether something between commas is read, about the phrase before: "one of them a child".
    said : str
        The word that opened a tentative one, where that may be a preposition.
    behind : NounPhrase or None
        What stood before that word.
    dissolved : bool
        Whether it turned out to be none.
    """

    clause: Clause
    above: Open | None
    waiting: list[NounPhrase] = field(default_factory=list)
    form: str = ""
    tentative: bool = False
    aside: bool = False
    said: str = ""
    behind: NounPhrase | None = None
    dissolved: bool = False


class Reading:
    """
    Where the reading of a sentence's clauses stands.

    Parameters
    ----------
    words : list of Word
        The words, tagged.
    chunks : sequence of Chunk
        The chunks.
    sentence : int
        The sentence's number.
    lexicon : Lexicon
        The language's words.

    Attributes
    ----------
    at : int
        The chunk at hand.
    preposition, conjunction : str
        The word just before, if it is one.
    comma, inner, parted : bool
        Whether a comma stood just before; one inside a locality phrase; one before the conjunction.
    last : NounPhrase or None
        What a preposition or a relative hangs on.
    hosts : dict of int to NounPhrase
        By the number of a head the phrase it is attached to.
    behind : dict of int to str
        By the number of a head the preposition before its phrase.
    lists : dict of int to NounPhrase
        By the number of a head the first phrase of the list it is in.
    apposed : dict of int to NounPhrase
        By the number of a head the name that its phrase says more of: "Sake, the last town".
    late : tuple of (int, Open) or None
        The chunk that is the object of a clause's verb behind what is inserted before it.
    """

    def __init__(
        self, words: list[Word], chunks: Sequence[Chunk], sentence: int, lexicon: Lexicon
    ) -> None:
        self.words = words
        self.chunks = chunks
        self.sets = lexicon.sets
        self.made: list[Open] = []
        self.open: list[Open] = []
        self.preposition = ""
        self.conjunction = ""
        self.comma = False
        self.inner = False
        self.parted = False
        self.last: NounPhrase | None = None
        self.hosts: dict[int, NounPhrase] = {}
        self.behind: dict[int, str] = {}
        self.lists: dict[int, NounPhrase] = {}
        self.apposed: dict[int, NounPhrase] = {}
        self.at = 0
        self.late: tuple[int, Open] | None = None
        self._sentence = sentence

    @property
    def top(self) -> Open:
        """The innermost open clause."""
        return self.open[-1]

    def push(self, link: Link, mark: str, above: Open | None = None) -> Open:
        """
        Open a clause.

        Parameters
        ----------
        link : str
            How it hangs on the one above.
        mark : str
            The word that joins it.
        above : Open or None
            The one above.

        Returns
        -------
        Open
            The clause.
        """
        if len(self.open) >= _DEEP:
            self.pop()
        word = self.words[self.chunks[self.at].first] if self.chunks else None
        start = word.start if word else 0
        clause = Clause(0, self._sentence, start, start, self.words, link=link, mark=mark)
        opened = Open(clause, above)
        self.open.append(opened)
        self.made.append(opened)
        return opened

    def pop(self) -> None:
        """Close the innermost clause; one without a verb is dissolved."""
        closed = self.open.pop()
        if closed.clause.verb is None and closed.clause.link != "main" and self.open:
            self._dissolve(closed, self.open[-1])

    def _dissolve(self, closed: Open, into: Open) -> None:
        """Give what a clause without a verb holds to the one around it."""
        closed.dissolved = True
        target = into.clause
        for step, phrase in enumerate(closed.waiting):
            if closed.said and step == 0:
                if closed.behind is not None:
                    self.hosts[phrase.head] = closed.behind
                target.preps.append(Attached(closed.said, phrase))
            elif target.verb is None:
                into.waiting.append(phrase)
            else:
                target.objects.append(phrase)
        target.preps += closed.clause.preps
        target.times += closed.clause.times
        target.adverbs += closed.clause.adverbs

    def named(self, host: NounPhrase | None) -> NounPhrase | None:
        """
        Find the name that a relative behind an apposition is about.

        Parameters
        ----------
        host : NounPhrase or None
            What it seems to hang on: X in "Sake, the last town before X, which".

        Returns
        -------
        NounPhrase or None
            Sake; `host` itself where there is no apposition.
        """
        one = host
        for _ in range(_DEEP):
            if one is None:
                return host
            if one.head in self.apposed:
                return self.apposed[one.head]
            one = self.hosts.get(one.head)
        return host

    def awaiting(self) -> int:
        """
        Find the innermost open clause below the top that has no verb yet.

        Returns
        -------
        int
            Its place among the open ones; -1 if there is none.
        """
        for step in range(len(self.open) - 2, -1, -1):
            if self.open[step].clause.verb is None:
                return step
        return -1

    def close_to(self, step: int) -> None:
        """
        Close all clauses inside one.

        Parameters
        ----------
        step : int
            Its place among the open ones.
        """
        while len(self.open) > step + 1:
            self.pop()

    def finite_top(self) -> Open:
        """
        Find the innermost open clause whose verb has a tense.

        Returns
        -------
        Open
            The clause; the first one if none has.
        """
        for opened in reversed(self.open):
            if opened.form in FINITE and opened.clause.link != "participle":
                return opened
        return self.open[0]

    def take(self, verb: VerbGroup, form: str) -> None:
        """
        Give the innermost open clause its verb, and the subject that waits for it.

        Parameters
        ----------
        verb : VerbGroup
            The verb.
        form : str
            Its form, as a `Chunk` has it.
        """
        top = self.top
        clause = top.clause
        clause.verb = verb
        top.form = form
        if top.waiting:
            clause.subject = self._subject(top)
        elif clause.link == "relative":
            clause.subject = clause.host
        for step in range(verb.first, verb.head):
            word = self.words[step]
            if word.tag == "ADV":
                clause.adverbs.append(word.lower)
            elif isinstance(word.entity, When):
                clause.times.append(word.entity)
        self.last = None

    def _subject(self, opened: Open) -> NounPhrase:
        """Find the subject among the phrases before a verb."""
        phrases = opened.waiting
        clause = opened.clause
        host = clause.host
        subject = phrases[-1]
        if clause.mark == "whose":  # "the RSF, whose gunners shelled X"
            subject.owner = subject.owner or host
        elif (
            clause.link == "relative"
            and host is not None
            and clause.mark != "where"
            and all(phrase is not host for _, phrase in clause.preps)  # "from which"
        ):
            clause.objects.append(host)
        return subject

    def share(self, opened: Open) -> None:
        """
        Fill in the subject of the clause above.

        Parameters
        ----------
        opened : Open
            The clause that has none of its own.
        """
        above = opened.above
        if above is None:
            return
        if above.clause.subject is not None:
            opened.clause.subject = above.clause.subject
        elif above.waiting:
            opened.clause.subject = above.waiting[-1]
        opened.clause.shared = opened.clause.subject is not None
