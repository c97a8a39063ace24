"""Tests of models.journal."""
