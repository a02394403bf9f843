"""What anyone may see: the start page, signing in, language, policy, accessibility statement."""
