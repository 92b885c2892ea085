"""What can go wrong with a room, each as a sentence for whoever is in front of the screen."""


class RoomError(Exception):
    """A reason why something was not done, and what would be right."""


class GoneError(RoomError):
    """The room has ended, or the person is in it no more."""


class UnreachableError(RoomError):
    """Rooms can be neither read nor written at present."""
