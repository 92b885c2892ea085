"""The shipped sentences: plain everyday English, each said in a good mood or in a bad one.

They were written for this page. Many words come in several forms on purpose (watch, watches,
watching, watched), so that it can be seen what lemmas do.
"""

import re
from typing import Final

MOODS: Final = ("bad mood", "good mood")
"""Names of the targets 0 and 1."""


def _sentences(text: str) -> tuple[str, ...]:
    return tuple(re.split(r"(?<=[.!]) ", " ".join(text.split())))


GOOD: Final = _sentences("""
She loves the songs we sing. We loved every day of our holiday. He loves his new job. I am loving
this warm weather. I love my friends and their jokes. The children laughed and laughed. My brother
laughs at all of my jokes. Everyone was laughing when the band played. We laugh a lot at work. Her
smile made me happy. The baby smiled at her mother. My neighbour smiles whenever we meet. They were
smiling on the way home. The teacher smiled and was proud of us. We enjoyed the film and watched it
again. My parents enjoy good food. My mother enjoys watching the birds. We are enjoying a beautiful
evening. I enjoyed the game with my friends. I watched the stars with a good friend. He watches old
films and laughs. We watch the children dance. Good friends came to visit us. My friend brought me a
beautiful gift. These gifts are wonderful, thank you. Thank you for a wonderful day. The cake tasted
wonderful. This soup tastes good. Our team won the game. She wins, and her friends cheer. We are
winning, and everyone cheers. The crowd cheered when we won. A cup of tea cheers me up. What a
beautiful morning! The garden is beautiful today. The sun is shining and I feel happy. I felt happy
about the news. The happiest days are the ones with friends. They danced all night and smiled. She
is dancing in the kitchen. He dances when he is happy. We danced and sang with the children. The
doctor helped me and I feel better. Thank you for helping my sister. My friend helps me with my
work. He thanked us for our help. She thanks her mother for the gift. I am proud of my children. We
won a prize and danced. My sister is proud of her job. The weather was good, not bad at all. Our
holiday was not bad, it was the best. That was the best meal of the week. I feel much better today.
He sings when the sun shines. The best gift is a smile. My dog loves to play in the garden. The
birds are singing this morning. She enjoys her work and her new home. What a happy family!
""")

BAD: Final = _sentences("""
I hate waiting in the rain. He hates his job and his boss. She hated every hour of the trip. They
hate the noise in the street. My brother hates to wait. We waited for hours and nobody came. They
wait at the door in the cold. He waits for a letter that never comes. I was waiting all day for bad
news. The baby cried all night. My sister cries when they shout. The little boy was crying in the
street. I cry when I watch the news. She cried about her broken cup. The boss shouted at me again.
Our neighbour shouts at the children. They were shouting all evening. Do not shout, my head hurts.
My bag was lost at the station. He lost his keys and his money. Our team loses every game. We are
losing, and nobody cheers. I always lose, and I am sad. The train was late and I missed it. We miss
our old home. She is missing her family and feels sad. He misses the bus every day. The film was bad
and we went home. A bad cold kept me in bed. The weather was bad, not good at all. The hotel was not
good, it was awful. We are watching the rain, and it is cold. She watches him go and feels alone.
They watched the house burn and cried. My computer breaks every week. The cup is broken and the tea
is cold. The angry man broke a window. The car broke down again. This soup tastes awful. The coffee
tasted awful. It was an awful day at work. What an awful noise! My head hurts and I feel ill. His
words hurt me. My leg is hurting again. The plan failed and everyone was angry. I failed the exam.
He fails at everything and complains. My plans are failing again. My boss is angry with me. She was
angry about the late train. She complains about the noise. We complained, but nobody helped us. They
are complaining about the cold food. I am sad because my dog died. The sad news made him cry. I felt
ill and alone. He was late and missed the meeting. Nobody waits for me at home. The rain never
stops, and I am cold.
""")

SENTENCES: Final = (*GOOD, *BAD)
TARGETS: Final = (1,) * len(GOOD) + (0,) * len(BAD)
"""1 for every sentence said in a good mood, 0 for a bad one."""
