"""Vector similarity: three arrows that can be dragged, and what a dot product measures.

The smallest chapter, and the model of the others; read it in this order:

1. `vectors` computes: it compares the input with one weight vector, in NumPy alone.
2. `address` declares what the page's link holds: the tips of the arrows and the open part.
3. `figure` draws a comparison, `words` says it in a sentence, `questions` asks about it before it
   is shown, and `script` writes it as a program that runs by itself. All four are pure functions
   of a `Comparison`.
4. `page` shows them. Every control changes the address, and the page is drawn again from it.
"""
