"""The pictures of the chapter: the plane of one network, and one picture for each experiment."""
