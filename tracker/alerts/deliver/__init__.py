"""Messages arrive: SMTP, webhooks and chats, with retries, and each marked with what came of it."""
