"""Generated inputs for every parser: nothing crashes, nothing is lost, nothing is invented."""
