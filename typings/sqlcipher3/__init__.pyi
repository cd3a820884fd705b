"""Types of sqlcipher3."""

from sqlcipher3.dbapi2 import *
