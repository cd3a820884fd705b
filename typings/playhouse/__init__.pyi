"""Types of what Shuke uses of playhouse, peewee's own collection of extensions."""
