import importlib

import pytest


@pytest.mark.parametrize("package", ["places", "localities", "events", "maps"])
def test_public_names_come_when_asked_for(package):
    module = importlib.import_module(f"geoevents.{package}")
    assert set(module.__all__) <= set(dir(module))
    for name in module.__all__:
        assert getattr(module, name).__name__ == name
    with pytest.raises(
        AttributeError, match=f"module 'geoevents.{package}' has no attribute 'nox'"
    ):
        _ = module.nox
