"""Every sentence that a person reads in the form."""

from __future__ import annotations

TITLE = "Which AI model, and how?"
LEAD = "Say what you know. Nothing is required but the task; you get ranges at once, and the one question that matters next."
TASKS = {
    "chat": "Chat with people",
    "question_answering": "Answer questions",
    "summarization": "Summarise texts",
    "classification": "Put texts into classes",
    "extraction": "Pull facts out of texts",
    "translation": "Translate",
    "rewriting": "Correct or rewrite texts",
    "text_generation": "Write texts",
    "reasoning": "Solve hard problems",
    "agentic": "Act with tools",
    "code_generation": "Write code",
    "text_to_sql": "Turn questions into database queries",
    "semantic_search": "Search by meaning",
    "reranking": "Put search results in order",
    "moderation": "Spot unwanted content",
    "document_extraction": "Read scans and PDFs",
    "visual_question_answering": "Answer questions about pictures",
    "image_classification": "Put pictures into classes",
    "object_detection": "Find things in pictures",
    "image_segmentation": "Mark things in pictures",
    "image_generation": "Make pictures",
    "image_editing": "Change pictures",
    "speech_to_text": "Write down speech",
    "text_to_speech": "Read aloud",
    "speech_to_speech": "Talk by voice",
    "audio_classification": "Put recordings into classes",
    "audio_enhancement": "Clean recordings",
    "video_generation": "Make films",
    "video_understanding": "Understand films",
    "tabular_prediction": "Predict from tables",
    "time_series_forecasting": "Forecast numbers",
}
TASK = "What should it do?"
BOUNDARY = "Where may the data go?"
BOUNDARIES = {
    None: "I did not decide yet",
    "any_cloud": "Any cloud",
    "own_tenant": "Our own cloud account only",
    "on_premises": "Our own premises only",
    "on_device": "The user's device only",
}
BOUNDARY_IS_MUST = "This is a must (otherwise a wish)"
HARDWARE = "A machine you have"
HARDWARE_HELP = "For example: rtx 4090, mac 32gb, gpu 16gb, cpu, raspberry pi 5"
LANGUAGES = "Languages"
LANGUAGES_HELP = "Codes with commas, such as en, de; or multilingual"
INCUMBENT = "What runs today"
INCUMBENT_HELP = "A model's name, or nothing"
EXAMPLES = "Labelled examples you have"
EXAMPLES_HELP = "Inputs with the right answer. Leave it empty if you do not know."
MORE = {
    "volume": "How much, how fast, how dear",
    "knowledge": "Your documents",
    "privacy": "Privacy and law",
    "team": "Team, quality and taste",
}
REQUESTS = "Requests per day"
AUDIO = "Minutes of audio per request"
LATENCY = "Longest wait for 95 of 100 answers (seconds)"
FIRST = "Longest wait for the first words (seconds)"
BUDGET = "Invoices per month, at most (USD)"
DOCUMENTS = "How many documents must answers rest on"
UPDATES = "How often they change"
UPDATE_WORDS = {
    None: "not stated",
    "static": "never",
    "yearly": "yearly",
    "monthly": "monthly",
    "weekly": "weekly",
    "daily": "daily",
    "hourly": "hourly",
}
CITATIONS = "Answers must cite their source"
SENSITIVITY = "How sensitive the data are"
SENSITIVITIES = {
    None: "not stated",
    "public": "public",
    "internal": "internal",
    "confidential": "confidential",
    "regulated": "regulated by law",
}
RESIDENCY = "Regions where data must stay"
CERTIFICATIONS = "Certificates or agreements needed"
ZERO_RETENTION = "Nothing may be kept"
NO_TRAINING = "Our data may train nobody's model"
COMMERCIAL = "Commercial use"
SKILLS = "What the team can do"
SKILL_WORDS = {
    None: "not stated",
    "no_code": "nobody programs",
    "software": "programs software",
    "ml": "trains models",
    "research": "does research",
}
BAR = "How good it must be"
BARS = {None: "not stated", "draft": "a draft", "good": "good", "high": "high", "best": "the best there is"}
ERROR_COST = "What an error costs"
ERROR_COSTS = {None: "not stated", "low": "little", "medium": "something", "high": "a lot"}
PROFILE = "What matters most"
PROFILES = {
    "balanced": "Balanced",
    "lowest_cost": "Lowest cost",
    "best_quality": "Best quality",
    "fastest": "Fastest",
    "least_effort": "Least effort",
    "most_private": "Most private",
}
STATUS = {
    "recommended": "Recommended",
    "needs_answers": "Provisional: one answer of yours could change it",
    "nothing_fits": "Nothing fits all you asked for",
}
ASK = "The question that matters most"
ASK_NOTE = "Answer it in the form; the answer follows at once."
COST = "Invoices per month"
FIRST_YEAR = "First year with people"
WAIT = "95 of 100 answers within"
QUALITY = "Expected quality"
WHY = "Why"
BILL = "The bill (USD)"
MIND = "Mind"
UNKNOWN = "Not known"
NEXT = "Next steps"
ALTERNATIVES = "Alternatives"
BY_STRATEGY = "Every strategy"
EXCLUDED = "Excluded, and why"
IF_CONFIRMED = "What only a confirmation bars"
CHANGES = "The answer changes when"
CONFLICT = "These conflict"
RELAX = "What would fit"
ASSUMED = "Assumed, because you did not say"
SOURCES = "Sources behind the numbers"
EXPORT = "Take it with you"
PATIENCE = "Looking for what would change the answer ..."
