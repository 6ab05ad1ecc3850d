"""A whole house in one file, and back: database, media and keys, sealed with age.

The file is a tar, as it stands or inside age's format, so that `age` and `tar` open it without this program.
"""
