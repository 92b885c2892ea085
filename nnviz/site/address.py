"""The address as state: every choice of a page is in it, so a link opens the same picture.

The choices of a page live in ``st.session_state`` under ``<page>.<name>``, where widgets, charts
and callbacks read and write them alike. They are filled from the address when the person comes to
the page, and the address is rewritten after every run, by the browser, without a history entry.
"""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode

import streamlit as st

from nnviz.chart import assets
from nnviz.site import naming
from nnviz.site.origin import shared_origin
from nnviz.site.parameters import Parameter
from nnviz.site.plain import plain
from nnviz.text.numbers import quoted

LONGEST: Final = 6000
"""Characters; mail programs and chats break longer links."""

_LESSON: Final = "lesson"
_FORMAT: Final = "1"
_LONGEST_TOLD: Final = 60  # characters of a value that a sentence shows
TASKS: Final = "tasks"
"""What the address calls the tasks of a lesson that a teacher has chosen."""

_SHOWN: Final = "shown"
_ONLY: Final = "only"
_TASK: Final = ("prompt", "hide", "size", "sheet", TASKS, _SHOWN)
_COURSE: Final = ("mode", "task")
"""What the address says of the lesson: whether it is left for free play, and which task is open."""
_SKIPPED: Final = (_LESSON, *_TASK, *_COURSE, naming.PARAMETER)


@dataclass(frozen=True)
class Place:
    """Where a person is in the lesson of a page.

    Attributes
    ----------
    task : int or None
        The index of the open task; None in free play.
    has_lesson : bool
        Whether the page has a lesson at all.
    told : frozenset of str
        The choices that the address holds even where they are at their defaults.
    """

    task: int | None = None
    has_lesson: bool = False
    told: frozenset[str] = frozenset()

    def where(self, others: Mapping[str, str]) -> dict[str, str]:
        """Return what the address says of it besides the others, which it may say already."""
        if self.task is not None:
            return {"task": str(self.task + 1)}
        return {"mode": "free"} if self.has_lesson and opens_lesson(others) else {}


_NOWHERE: Final = Place()


class Address:
    """The choices of one page.

    Parameters
    ----------
    page : str
        The page's short name, the same as its file's.
    parameters : sequence of Parameter
        What can be chosen on it.
    """

    def __init__(self, page: str, parameters: Sequence[Parameter]) -> None:
        self.page = page
        self.parameters = {parameter.name: parameter for parameter in parameters}

    @property
    def defaults(self) -> dict[str, Any]:
        """The values of all choices where nothing is chosen."""
        return {name: parameter.default for name, parameter in self.parameters.items()}

    def key(self, name: str) -> str:
        """Return the key of a choice in ``st.session_state``: give it to the choice's widget."""
        return f"{self.page}.{self.parameters[name].name}"

    def __getitem__(self, name: str) -> Any:
        return st.session_state[self.key(name)]

    def set(self, name: str, value: Any) -> None:
        """Choose for the person; allowed in callbacks, or before the choice's widget is made."""
        st.session_state[self.key(name)] = value

    def choose(self, **choices: Any) -> None:
        """Choose several things for the person; see `set`."""
        for name, value in choices.items():
            self.set(name, value)

    def reset(self, names: Iterable[str] = ()) -> None:
        """Go back to the defaults, of some choices or of all."""
        for name in names or self.parameters:
            self.set(name, self.parameters[name].default)

    def open(self) -> None:
        """Fill in the choices; call first, before any widget of the page.

        Coming to the page, they are taken from the address if it is one of this page, else from
        what the person last chose here, else from the defaults. A choice that the address gives
        wrongly stays at its default, and a sentence says so.
        """
        arrived = st.session_state.get("page") != self.page
        st.session_state["page"] = self.page
        if arrived:
            self._come(self._given())
        memory = f"remembered.{self.page}"
        if arrived:
            wrong_names = naming.take(self._given())
            given = self._from_address()
            values = st.session_state.get(memory, {}) if given is None else self._read(given)
        else:
            # Streamlit forgets the widgets that a run did not show.
            values = {**st.session_state.get(memory, {}), **self._present()}
        for name, parameter in self.parameters.items():
            self.set(name, values.get(name, parameter.default))
        self._remember()
        for sentence in st.session_state.get(f"problems.{self.page}", ()):
            st.warning(plain(sentence), icon=":material/link_off:")
        if arrived and wrong_names:
            self.tell(wrong_names)

    def close(self) -> None:
        """Write the address and show the button that copies it; call last."""
        self._remember()

        def restored() -> None:
            sent = st.session_state["address"].get("restored")
            query = sent.get("query") if isinstance(sent, Mapping) else None
            if isinstance(query, str):
                given = dict(parse_qsl(query, keep_blank_values=True))
                values = self._read(given)
                for name, parameter in self.parameters.items():
                    self.set(name, values.get(name, parameter.default))
                naming.take(given)
                self._come(given)

        query = self.query()
        if len(query) > LONGEST:
            st.caption(
                f"The link to this picture has {len(query):,} characters. Some mail programs and "
                f"chats break links of more than {LONGEST:,}."
            )
        session = st.session_state.setdefault("session", uuid.uuid4().hex)
        assets.component("nnviz_address", "address.js")(
            key="address",
            data={"query": query, "session": session, "shared": shared_origin()},
            height="content",
            on_restored_change=restored,
        )

    def query(self) -> str:
        """Return the query string that stands for all that is chosen; defaults are left out."""
        course = self.course
        return self._written(self._chosen(course.told), course, self.task)

    def link(self, place: Place, task: Mapping[str, str]) -> str:
        """Return the query string of another link to this page.

        Parameters
        ----------
        place : Place
            A task of the lesson, which begins with its own choices, or free play with those here.
        task : mapping of str to str
            What a teacher adds: ``prompt``, ``hide``, ``size`` and ``tasks``.
        """
        chosen = self._chosen() if place.task is None else {}
        return self._written(chosen, place, {name: text for name, text in task.items() if text})

    def _chosen(self, told: Collection[str] = ()) -> dict[str, str]:
        """Return what is not at its default, as an address says it, and what is ``told`` anyway."""
        values = ((parameter, self[name]) for name, parameter in self.parameters.items())
        return {
            parameter.name: parameter.format(value)
            for parameter, value in values
            if value != parameter.default or parameter.name in told
        }

    def _written(
        self,
        chosen: Mapping[str, str],
        place: Place,
        task: Mapping[str, str],
    ) -> str:
        everything = {
            **chosen,
            **place.where({**chosen, **task}),
            **task,
            **naming.in_address(),
        }
        if everything:
            # Streamlit carries what it does not know over to the next page: say whose it is.
            everything = {_LESSON: f"{self.page}.{_FORMAT}", **everything}
        return urlencode(everything, safe=",:;")

    @property
    def task(self) -> Mapping[str, str]:
        """What a teacher added: ``prompt``, ``hide``, ``size``, ``sheet`` and ``tasks``."""
        task: Mapping[str, str] = st.session_state.get(f"task.{self.page}", {})
        return task

    @property
    def only_shown(self) -> bool:
        """Whether the page is somebody's picture to be looked at, with nobody's progress."""
        return self.task.get(_SHOWN) == _ONLY

    def add_task(self, name: str, text: str) -> None:
        """Add something to what a teacher added, or take it away with an empty text."""
        task = {**self.task, name: text}
        st.session_state[f"task.{self.page}"] = {k: v for k, v in task.items() if v}

    def drop_tasks(self) -> None:
        """Give the whole lesson, and not some of its tasks alone."""
        self.add_task(TASKS, "")

    @property
    def handed_on(self) -> Mapping[str, str]:
        """What the address of the next lesson says: a teacher's prompt goes along."""
        own = (TASKS, "sheet", _SHOWN)
        handed = {name: text for name, text in self.task.items() if name not in own}
        return {"mode": "lesson", **handed} if handed else {}

    @property
    def filled(self) -> str:
        """Names the last time that all choices were filled in at once, by coming or by a link."""
        return str(st.session_state.get(f"filled.{self.page}", ""))

    @property
    def course(self) -> Place:
        """Where the person is in the lesson of this page."""
        place: Place = st.session_state.get(f"course.{self.page}", _NOWHERE)
        return place

    @course.setter
    def course(self, place: Place) -> None:
        st.session_state[f"course.{self.page}"] = place

    def arrival(self) -> Mapping[str, str] | None:
        """Return what the address said of this page when the person came; None if that is known."""
        given: Mapping[str, str] | None = st.session_state.pop(f"arrival.{self.page}", None)
        return given

    def tell(self, problem: str) -> None:
        """Say a sentence above the page, now and until the next link is opened."""
        st.warning(plain(problem), icon=":material/link_off:")
        before = st.session_state.get(f"problems.{self.page}", ())
        st.session_state[f"problems.{self.page}"] = (*before, problem)

    def fill(self, values: Mapping[str, Any]) -> None:
        """Choose all at once; what is not among the values goes back to its default."""
        for name, parameter in self.parameters.items():
            self.set(name, values.get(name, parameter.default))
        self._mark_filled()

    def _come(self, given: Mapping[str, str]) -> None:
        task = {name: text for name, text in given.items() if name in _TASK}
        if task:
            st.session_state[f"task.{self.page}"] = task
        st.session_state[f"arrival.{self.page}"] = given
        self._mark_filled()

    def _mark_filled(self) -> None:
        st.session_state[f"filled.{self.page}"] = uuid.uuid4().hex

    def _given(self) -> dict[str, str]:
        """Return what the address says, if it is one of this page."""
        given = st.query_params.to_dict()
        return given if _page_of(given, self.page) == self.page else {}

    def _present(self) -> dict[str, Any]:
        present = {}
        for name in self.parameters:
            with suppress(KeyError):
                present[name] = self[name]
        return present

    def _remember(self) -> None:
        st.session_state[f"remembered.{self.page}"] = self._present()

    def _from_address(self) -> dict[str, str] | None:
        """Return the choices of this page in the address, or None if it holds none."""
        given = self._given()
        return given if chooses(given) else None

    def _read(self, given: Mapping[str, str]) -> dict[str, Any]:
        values: dict[str, Any] = {}
        problems: list[str] = []
        page, _, version = given.get(_LESSON, f"{self.page}.{_FORMAT}").partition(".")
        if page == self.page and version != _FORMAT:
            problems.append(
                "This link was made by another version of this page. "
                "What it says in the present form has been used."
            )
        for name, text in given.items():
            parameter = self.parameters.get(name)
            if parameter is None:
                continue
            try:
                values[name] = parameter.parse(text)
            except ValueError as reason:
                default = parameter.format(parameter.default)
                start = f"starts at {default}" if default else "starts empty"
                if len(default) > _LONGEST_TOLD:
                    start = "starts as on a new page"
                problems.append(
                    f"The address says {name} is {quoted(text)}, but {reason}. So {name} {start}."
                )
        st.session_state[f"problems.{self.page}"] = tuple(problems)
        return values


def chooses(given: Mapping[str, str]) -> bool:
    """Return whether an address holds any choice of its page."""
    return bool(set(given) - set(_SKIPPED))


def opens_lesson(given: Mapping[str, str]) -> bool:
    """Return whether an address opens the lesson of a page: as a bare one does.

    Links that hold choices open free play, because they are from before there were lessons.
    """
    if "task" in given or given.get("mode") in ("lesson", "free"):
        return "task" in given or given["mode"] == "lesson"
    return TASKS in given or not (chooses(given) or {"prompt", "hide"} & set(given))


def _page_of(given: Mapping[str, str], default: str) -> str:
    """Return the page whose choices an address holds."""
    return given.get(_LESSON, default).partition(".")[0]
