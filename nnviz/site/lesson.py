"""The lesson of a page on the screen: its open task, what is in sight for it, and what is done.

Where a person is stands in the address (`nnviz.site.address.Place`): the task, or free play. What
has been done is kept by the session, and by the browser for the next one.
"""

import logging
import uuid
from collections.abc import Mapping, Sequence
from html import escape
from types import MappingProxyType
from typing import Any, Final, cast

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from nnviz.site import hand_in
from nnviz.site.address import TASKS, Address, Place, chooses, opens_lesson
from nnviz.site.course import course_end, next_page
from nnviz.site.plain import plain
from nnviz.site.progress import Progress, progress_in
from nnviz.site.worded import worded
from nnviz.text.digits import counted
from nnviz.text.lesson import ANSWER, Lesson, State, Task, chosen_tasks, terms, written
from nnviz.text.numbers import quoted
from nnviz.text.question import Question

_KINDS: Final = MappingProxyType(
    {"try": "try it", "predict": "predict", "find": "find it", "say": "say why"}
)
_DONE: Final = "✓"


def attend(address: Address, lesson: Lesson) -> None:
    """Open the lesson or free play as the address says, and see whether the open task is done."""
    given = address.arrival()
    if given is not None:
        _arrive(address, lesson, given)
    # `hidden` and `secret` are asked from views that know nothing of the lesson.
    leave()
    here = address.course.task
    if here is None:
        return
    linked = given is not None and chooses(given)
    try:
        if linked:
            lesson.check(here, _choices(address), address.defaults)
        _judge(address, lesson)
    except Exception:
        if not linked:
            raise
        # A link can choose anything that the page shows; a task is about little of it.
        logging.getLogger(__name__).info("A link beyond its task", exc_info=True)
        address.tell(
            "The task cannot be done with what this link chooses, so it starts with its own values."
        )
        _enter(address, lesson, min(here, tasks_of(address, lesson)[-1]))
        _go(address, lesson, here)
        _judge(address, lesson)


def _judge(address: Address, lesson: Lesson) -> None:
    """See whether the open task is done, and what is in sight for it or for the end."""
    task, progress = _open_task(address, lesson), progress_in(lesson)
    if task is None:  # the end shows all of the last task's picture
        tasks = lesson.only(tasks_of(address, lesson))
        st.session_state[_SHOWN] = frozenset((*tasks[-1].shows, *tasks[-1].reveals))
        whole = len(tasks) == len(lesson.tasks)
        if whole and all(each.name in progress.done for each in tasks):
            progress.idea = lesson.idea(_choices(address))
        return
    if task.asks is not None and task.name not in progress.questions:
        progress.questions[task.name] = task.asks(_state(address, task, progress))
    state = _state(address, task, progress)
    progress.met = task.fulfilled(state)
    if progress.met:
        progress.done[task.name] = written(task.understood, state)
    answered = bool(state[ANSWER]) or task.asks is None
    st.session_state[_SHOWN] = frozenset((*task.shows, *(task.reveals if answered else ())))
    st.session_state[_SECRET] = not answered


_SHOWN: Final = "shown_for_the_task"
_SECRET: Final = "secret_of_the_task"


def leave() -> None:
    """Forget the task of another page, on a page that has no lesson."""
    st.session_state[_SHOWN] = None
    st.session_state[_SECRET] = False


def tasks_of(address: Address, lesson: Lesson) -> tuple[int, ...]:
    """Return the indices of the tasks that the link gives: all, if it says nothing of them."""
    n = len(lesson.tasks)
    text = address.task.get(TASKS)
    return tuple(range(n)) if text is None else chosen_tasks(text, n)


def shown() -> frozenset[str] | None:
    """Return the parts that are in sight for the open task; None in free play, where all are."""
    return cast(frozenset[str] | None, st.session_state.get(_SHOWN))


def secret() -> bool:
    """Return whether a task waits for an answer that the page must not give away."""
    return bool(st.session_state.get(_SECRET))


def switch(address: Address, lesson: Lesson) -> None:
    """Show the switch between the lesson and free play."""
    key = f"free_play.{address.page}"
    st.session_state[key] = address.course.task is None

    def turn() -> None:
        progress = progress_in(lesson)
        if address.course.task is None:
            values = progress.left
            if values is None:
                _enter(address, lesson, _left_at(address, lesson))
            else:
                _go(address, lesson, progress.task)
                address.fill(values)
        else:
            progress.left = {name: address[name] for name in address.parameters}
            address.course = Place(has_lesson=True)

    st.toggle("Free play", key=key, on_change=turn)


def panel(address: Address, lesson: Lesson) -> DeltaGenerator:
    """Show the open task, with what was understood when it is done; return its controls' place.

    Each thing has its place, so that a sentence which appears moves no control.
    """
    task, index = _open_task(address, lesson), address.course.task or 0
    progress = progress_in(lesson)
    with st.container(key="lesson_task", gap="small"):
        if address.only_shown:
            does = "This is the end of the lesson." if task is None else task.does
            st.html(f"<div class='nv-task'><p class='nv-task-does'>{worded(does)}</p></div>")
            return st.container(key="lesson_controls", gap="small")
        if task is None:
            _end(address, lesson, progress)
            return st.container(key="lesson_controls")
        st.html(_task_html(address, lesson, task, progress))
        question = progress.questions.get(task.name)
        if question is not None:
            _options(task, question, progress)
            st.html(_verdict_html(task, question, progress))
        controls = st.container(key="lesson_controls", gap="small")
        st.html(_understood_html(task, progress))
        with st.container(horizontal=True, vertical_alignment="center"):
            _buttons(address, lesson, index, progress)
    return controls


def _buttons(address: Address, lesson: Lesson, index: int, progress: Progress) -> None:
    task, key = lesson.tasks[index], f"lesson.{lesson.page}"
    done = task.name in progress.done
    numbers = tasks_of(address, lesson)
    at = numbers.index(index)

    def go(to: int) -> None:
        if to == len(lesson.tasks):
            _go(address, lesson, to)
            return
        _enter(address, lesson, to, {name: address[name] for name in lesson.carried(index, to)})

    if at:
        st.button("Back", key=f"{key}.back", on_click=go, args=(numbers[at - 1],))
    if task.hint and not done and task.name not in progress.hints:
        st.button("Hint", key=f"{key}.hint", on_click=progress.hints.add, args=(task.name,))
    last = at + 1 == len(numbers)
    st.button(
        ("Finish" if last else "Next task") if done else "Skip",
        key=f"{key}.next",
        type="primary" if done else "tertiary",
        on_click=go,
        args=(len(lesson.tasks) if last else numbers[at + 1],),
    )


def _options(task: Task, question: Question, progress: Progress) -> None:
    """Show the answers to choose from; when the question is over, as a text."""
    given = progress.answers.setdefault(task.name, [])
    once = task.kind == "predict"

    def over() -> bool:
        return question.answer in given or (once and bool(given))

    def answer(option: str) -> None:
        # Two quick clicks both arrive; the second must not change a first answer.
        if option not in given and not over():
            given.append(option)

    if over():
        st.html(_answers_html(question, given))
        return
    with st.container(horizontal=True, key="lesson_answers"):
        for i, option in enumerate(question.options):
            st.button(
                plain(option),
                icon=":material/close:" if option in given else None,
                key=f"lesson.{task.name}.{i}",
                on_click=answer,
                args=(option,),
                disabled=option in given,
                wrap=True,
            )


def _answers_html(question: Question, given: Sequence[str]) -> str:
    """Return the answers that were given, and the right one, each with its mark."""
    marked = [
        f"<li>{'✓' if option == question.answer else '✗'} {escape(option)}"
        f"{' <small>(your answer)</small>' if option == given[0] else ''}</li>"
        for option in question.options
        if option in given or option == question.answer
    ]
    return f"<ul class='nv-task nv-answers'>{''.join(marked)}</ul>"


def _task_html(address: Address, lesson: Lesson, task: Task, progress: Progress) -> str:
    """Return the bar of the lesson, the number of the task, and what to do."""
    tasks = lesson.only(tasks_of(address, lesson))
    number = tasks.index(task) + 1
    # Whoever has answered has read it, and gets more to read below.
    begins = number == 1 and not progress.answers.get(task.name)
    why = f"<p class='nv-why'>{worded(lesson.why)}</p>" if begins else ""
    return (
        f"<div class='nv-task'>{why}<p class='nv-task-step'>{_bar(tasks, progress, task)} "
        f"Task {number} of {len(tasks)}: {_KINDS[task.kind]}</p>"
        f"<p class='nv-task-does'>{worded(task.does)}</p></div>"
    )


def _verdict_html(task: Task, question: Question, progress: Progress) -> str:
    """Return what is said of the answer, and what to do then; nothing more once that is done."""
    said = []
    given = progress.answers.get(task.name, [])
    if given and (task.done is None or task.name not in progress.done):
        right = question.verdict(given[-1])
        if right or task.kind == "predict":
            # What was understood in the end takes the place of the reason.
            reason = "" if task.then and task.name in progress.done else worded(question.reason)
            said.append(f"<b>{'Right.' if right else 'Not so.'}</b> {reason}")
        else:
            said.append("<b>Not yet.</b> Look again, and choose another one.")
        if task.then:
            said.append(f"<span class='nv-task-does'>{worded(task.then)}</span>")
    return _spoken(said)


def _understood_html(task: Task, progress: Progress) -> str:
    """Return the hint, as long as it is needed, and what was understood."""
    understood = progress.done.get(task.name)
    if understood is None:
        return _spoken([worded(task.hint)] if task.name in progress.hints else [])
    then = "" if progress.met or isinstance(task.understood, str) else "When you reached it: "
    said = then + worded(understood) if understood else "You have done this before."
    return _spoken([f"<b>{_DONE}</b> {said}"], "nv-task-done")


def _spoken(said: Sequence[str], looks: str = "") -> str:
    """Return paragraphs that a screen reader speaks when they appear."""
    paragraphs = "".join(f"<p class='{looks}'>{each}</p>" for each in said)
    return f"<div class='nv-task' role='status'>{paragraphs}</div>"


def _end(address: Address, lesson: Lesson, progress: Progress) -> None:
    """Show the end of the lesson: what was learnt, its words, and the way to the next one."""
    tasks = lesson.only(tasks_of(address, lesson))
    done, n = sum(task.name in progress.done for task in tasks), len(tasks)
    if done == n == len(lesson.tasks):
        summary = worded(written(lesson.summary, _choices(address)))
        head = f"<b>{_DONE} All {n} tasks done.</b> {summary}"
    elif done == n:  # the summary is of the whole lesson
        head = f"<b>{_DONE} {'All' if n > 1 else 'The'} {counted(n, 'task')} done.</b>"
    else:
        head = f"<b>{done} of {counted(n, 'task')} done.</b> Go back for the others, or go on."
    learnt = dict.fromkeys((*progress.words, *terms(*progress.done.values())))
    listed = worded(" · ".join(f"[[{term}]]" for term in learnt))
    words = f"<p>Your words now: {listed}</p>" if learnt else ""
    st.html(f"<div class='nv-task nv-end'>{_bar(tasks, progress)}<p>{head}</p>{words}</div>")
    following = next_page(lesson.page)
    with st.container(key="lesson_end", gap="small"):
        if following is not None:
            st.page_link(
                following.file,
                label=f"Next: {following.title}",
                icon=following.icon,
                query_params=address.handed_on,
            )
        else:
            course_end()
        given = tasks_of(address, lesson)
        hand_in.offer(lesson, given, progress.done, progress.questions, progress.answers)
        with st.container(horizontal=True):
            key = f"lesson.{lesson.page}"
            st.button("Back", key=f"{key}.back", on_click=_enter, args=(address, lesson, given[-1]))
            st.button("Play it again", key=f"{key}.again", on_click=_again, args=(address, lesson))


def _again(address: Address, lesson: Lesson) -> None:
    """Begin a lesson anew, answers too; that it was done stays known to the course map."""
    st.session_state[f"lesson.{lesson.page}"] = Progress(begun=uuid.uuid4().hex)
    _enter(address, lesson, _left_at(address, lesson))


def _bar(tasks: Sequence[Task], progress: Progress, now: Task | None = None) -> str:
    """Return the bar of a lesson, which fills with the tasks that are done."""
    parts = "".join(
        f"<i class='{'nv-done' if each.name in progress.done else ''}"
        f"{' nv-now' if each is now else ''}'></i>"
        for each in tasks
    )
    return f"<span class='nv-bar' aria-hidden='true'>{parts}</span>"


def _arrive(address: Address, lesson: Lesson, given: Mapping[str, str]) -> None:
    """Open what the address asks for: a task, free play, or what was open before."""
    task, mode, n = given.get("task"), given.get("mode"), len(lesson.tasks)
    if task is not None and TASKS not in given:
        address.drop_tasks()
    try:
        numbers = tasks_of(address, lesson)
    except ValueError as reason:
        address.tell(
            f"The address says {TASKS} is {quoted(address.task[TASKS])}, but {reason}; there are "
            f"the tasks 1 to {n}. So this is the whole lesson."
        )
        address.drop_tasks()
        numbers = tasks_of(address, lesson)
    if task is not None:
        number = int(task) if task.isascii() and task.isdigit() and len(task) < 4 else 0
        if number - 1 not in (*numbers, n):  # the last is the end
            has = f"1 to {n}" if len(numbers) == n else ", ".join(str(i + 1) for i in numbers)
            address.tell(
                f"The address says the task is “{task[:20]}”, but this lesson has the tasks "
                f"{has}. So it starts with the first."
            )
            number = numbers[0] + 1
        if not chooses(given):
            _enter(address, lesson, min(number - 1, numbers[-1]))
        _go(address, lesson, number - 1)
        return
    if mode not in (None, "free", "lesson"):
        address.tell(f"The address says the mode is “{mode[:20]}”, but it can be free or lesson.")
    here, was_here = address.course.task, address.course.has_lesson
    if not opens_lesson(given):
        address.course = Place(has_lesson=True)
    elif (
        not was_here
        or here not in (None, *numbers, n)
        or (here is None and (mode == "lesson" or TASKS in given))
    ):
        _enter(address, lesson, _left_at(address, lesson))
    # else the person was here before, and everything is as it was


def _left_at(address: Address, lesson: Lesson) -> int:
    """Return the index of the task that was open last, of the first one if there is none."""
    numbers, task = tasks_of(address, lesson), progress_in(lesson).task
    return task if task in numbers else numbers[0]


def _enter(
    address: Address, lesson: Lesson, index: int, carried: Mapping[str, Any] | None = None
) -> None:
    """Begin a task: its own choices, and those that are carried over from the one before."""
    task, progress = lesson.tasks[index], progress_in(lesson)
    address.fill({**task.start, **(carried or {})})
    if not progress.answers.get(task.name):  # a first answer stays the first one
        progress.questions.pop(task.name, None)
    _go(address, lesson, index)


def _go(address: Address, lesson: Lesson, index: int) -> None:
    progress_in(lesson).task = index
    # At the end the picture of the last task stays.
    told = frozenset(lesson.tasks[min(index, tasks_of(address, lesson)[-1])].start)
    address.course = Place(index, has_lesson=True, told=told)


def _open_task(address: Address, lesson: Lesson) -> Task | None:
    index = address.course.task
    return lesson.tasks[index] if index is not None and index < len(lesson.tasks) else None


def _state(address: Address, task: Task, progress: Progress) -> State:
    given = progress.answers.get(task.name, [])
    question = progress.questions.get(task.name)
    # Whoever is to say why has not said it before it is right.
    counts = given and (task.kind == "predict" or (question and question.answer in given))
    return _choices(address, given[-1] if counts else "")


def _choices(address: Address, answer: str = "") -> State:
    return {**{name: address[name] for name in address.parameters}, ANSWER: answer}
