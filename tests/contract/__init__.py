"""Tests that every implementation of one protocol has to pass."""
