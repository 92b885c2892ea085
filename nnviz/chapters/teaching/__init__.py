"""The teacher's guide, as docs/teaching has it, with links that open the pages of this very app."""
