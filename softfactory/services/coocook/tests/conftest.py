import pytest

from softfactory.services.coocook.tests.makers import Town
from softfactory.testing import AsUser


@pytest.fixture
def town(as_user: AsUser) -> Town:
    return Town(as_user)
