"""What the commands of `softfactory` do, imported only when they are called."""
