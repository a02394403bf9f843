"""The catalogues of messages as files: what each has to say, who approved it, how it is brought up to date."""
