"""One folder a service. A service imports another's ``contract`` and nothing else of it."""
