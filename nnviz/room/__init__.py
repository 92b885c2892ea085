"""The room: a teacher sees what a class is doing, and pupils see what the teacher shows.

Nothing here knows Streamlit or a browser. `store.Store` is all that others call: rooms are opened,
joined, watched and closed through it; start there. `database` holds the tables and opens them, in a
SQLite file or wherever ``NNVIZ_ROOMS`` says; `throttle` slows down who tries codes; `names` says
what a nickname and a code are; `step` is what is known of one pupil; `reporter` writes steps in the
background, so that no page waits for a disk. What is kept, and for how long, is told in
docs/room.md: whatever is added to a table has to be told there.
"""
