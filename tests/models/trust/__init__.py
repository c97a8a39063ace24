"""Tests of models.journal and models.trust."""
