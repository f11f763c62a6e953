"""The mailbox that answers come to: read over IMAP by a tick, and handed to whoever knows what a mail is about."""
