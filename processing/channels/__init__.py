"""Where documents come from: mailbox, attachments, bucket, paths."""
