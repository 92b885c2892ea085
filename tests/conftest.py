"""What every test can count on."""

import importlib
import os
from types import ModuleType

import pytest
from hypothesis import settings

# A slow moment of a shared machine is not a failure, and a build server must not find a different
# example each time; what it should keep trying belongs in the test as an @example.
settings.register_profile("local", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True, database=None)
settings.load_profile("ci" if os.environ.get("CI") == "true" else "local")


@pytest.fixture(scope="session")
def torch() -> ModuleType:
    """Return PyTorch, the outside oracle; without it the test is skipped, but not with CI=true."""
    try:
        return importlib.import_module("torch")
    except ImportError as error:
        reason = f"PyTorch is not here to compare with: {error}"
    if os.environ.get("CI") == "true":
        pytest.fail(reason)
    pytest.skip(reason)
