"""Paper: what a document says, and how it looks on a slip, a page or a screen."""
