"""Pictures to numbers: a drawing is 64 numbers, and the tutorial's neuron reads them.

`drawing` is what a person draws: 8 x 8 squares of ink, their text in a link, and how they are
moved. `two_digits` trains the neuron to tell 3 from 8, records every step, and repeats that with
more and more pictures; `reading` takes apart what it says of a drawing, square by square, and finds
the squares that would turn it. `ten/` is the network of ten digits with hidden units,
`convolution/` is a filter that slides over the drawing, and `sign/` a neuron that knows a sign of
one's own.

`words`, `questions` and `script` are pure functions of these results, and so is `figures/`. `page`
shows one of the views of `views/`; `address` declares what a link holds.
"""
