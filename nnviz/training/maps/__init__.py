"""Maps over two axes: predictions over the plane of the inputs, errors over two directions.

`heatmap` has the `Plane` and the error surface, `surface_axes` the two directions that this shows,
`surface_errors` the errors; `plot_range` chooses the plane of a sample, `network_maps` paints it.
"""
