"""The office: what is summed, imported, exported and kept safe."""
