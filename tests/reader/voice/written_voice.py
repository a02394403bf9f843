"""A voice for Orca that writes down what it would say, one utterance a line. It runs in Orca, by the settings it is started with."""
# mypy: ignore-errors

import os

from orca import speechserver


class SpeechServer(speechserver.SpeechServer):
    """Says nothing aloud, and is done at once."""

    @staticmethod
    def getFactoryName():
        return "Written"

    @staticmethod
    def getSpeechServers():
        return [SpeechServer()]

    @staticmethod
    def getSpeechServer(info=None):
        return SpeechServer()

    def getInfo(self):
        return ["Written", "written"]

    def getVoiceFamilies(self):
        return []

    def speak(self, text=None, acss=None, interrupt=True):
        if text:
            with open(os.environ["WRITTEN_VOICE"], "a", encoding="utf-8") as file:
                file.write(" ".join(text.split()) + "\n")

    def speakCharacter(self, character, acss=None):
        self.speak(character)

    def sayAll(self, utteranceIterator, progressCallback):
        context = None
        for context, _ in utteranceIterator:
            progressCallback(context.copy(), speechserver.SayAllContext.PROGRESS)
            self.speak(context.utterance)
        if context is not None:
            progressCallback(context.copy(), speechserver.SayAllContext.COMPLETED)
