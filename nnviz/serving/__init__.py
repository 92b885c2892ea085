"""Several people at once: a class on the network, and more than one process behind nginx.

`classroom` starts the app for a class (``nnviz class``): as many processes as there are processors
behind nginx where it is installed, else one process; it says the address, and watches them. `nginx`
writes what nginx has to know, for a class and for a server of its own (deploy/), and the files that
nginx serves by itself. The app knows nothing of all this: a link opens the same picture in every
process, so a process may be stopped at any time. Do not keep anything that another process needs.
"""
