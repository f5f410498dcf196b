"""Every test uses the platform's own fixtures."""

pytest_plugins = ["softfactory.testing"]
