"""Words by which people tell what they are, and the values a library may use for it, the likeliest first. Data.

A library need not have any of these values: a concept whose values it lacks is still understood, but steers nothing.
Values and words are in the folded singular spelling in which `reading` compares.
"""

from typing import NamedTuple


class Concept(NamedTuple):
    """`values` are what libraries call it on `axis`; `words` are what people say, one text for each."""

    axis: str
    values: tuple[str, ...]
    words: tuple[str, ...]


def _words(text: str) -> tuple[str, ...]:
    return tuple(one.strip() for one in text.split(","))


def _concept(axis: str, values: str, words: str) -> Concept:
    return Concept(axis, _words(values), _words(words))


CONCEPTS: tuple[Concept, ...] = (
    _concept("archetype", "cooperative", "co op, coop, cooperative, cooperative society, mutual, collective business"),
    _concept("archetype", "startup", "startup, start up, founder, cofounder, co founder, new venture, seed stage"),
    _concept("archetype", "scaleup, startup", "scaleup, scale up, fast growing company"),
    _concept(
        "archetype",
        "sme",
        "sme, small business, family business, family firm, small company, small firm, shop, bakery, restaurant, cafe,"
        " workshop, craft business, farm, agency, studio, medium sized company",
    ),
    _concept(
        "archetype",
        "enterprise",
        "enterprise, corporation, corporate, multinational, large company, big company, large organization,"
        " listed company",
    ),
    _concept("archetype", "team", "team, squad, crew, department, work group, ward"),
    _concept("archetype", "network", "network, federation, alliance, coalition, umbrella organization, consortium"),
    _concept(
        "archetype",
        "government, city",
        "government, ministry, public administration, public agency, authority, civil servant, state, public sector,"
        " parliament, minister",
    ),
    _concept(
        "archetype",
        "city, government",
        "city, town, municipality, town hall, city council, mayor, borough, city government, urban planner, councillor",
    ),
    _concept("archetype", "village, community", "village, hamlet, rural community, parish"),
    _concept("archetype", "region, government", "region, province, county, bioregion, catchment, valley"),
    _concept(
        "archetype",
        "community, network",
        "community, neighborhood, neighbor, resident, commoner, collective, ecovillage, intentional community,"
        " open source project, open source community, free software project, maintainer, volunteer group, tenant,"
        " community group, movement, activist, initiative",
    ),
    _concept(
        "archetype",
        "ngo, organization",
        "ngo, nonprofit, non profit, non governmental organization, charity, foundation, association, aid organization,"
        " volunteer organization",
    ),
    _concept("archetype", "school, education", "school, kindergarten, teacher, headteacher, classroom, principal"),
    _concept("archetype", "education, school, research-institute", "university, college, lecturer, professor"),
    _concept("archetype", "healthcare, team", "hospital, clinic, nursing home, care home"),
    _concept("archetype", "family, individual", "family, household, parent, mother, father, couple, grandparent"),
    _concept(
        "archetype",
        "individual",
        "individual, freelancer, self employed, solo founder, student, retiree, employee, caregiver",
    ),
    _concept("archetype", "ecosystem, network", "ecosystem, platform"),
    _concept(
        "sector",
        "healthcare",
        "health, healthcare, hospital, clinic, nurse, nursing, doctor, physician, patient, care home,"
        " nursing home, home care, ward, therapist, medical",
    ),
    _concept("sector", "education", "education, school, teacher, university, college, pupil, kindergarten, training"),
    _concept(
        "sector", "agriculture, food", "agriculture, farm, farmer, farming, gardener, grower, food, orchard, vineyard"
    ),
    _concept("sector", "food, agriculture, retail", "bakery, restaurant, cafe, catering, grocery, kitchen"),
    _concept("sector", "energy", "energy, electricity, solar, wind, power, heating, grid, solar panel, renewable"),
    _concept(
        "sector",
        "housing, real-estate, construction",
        "housing, home, flat, apartment, tenant, renter, landlord, real estate",
    ),
    _concept("sector", "finance", "finance, bank, banking, credit union, insurance, lender, fund, accountant"),
    _concept(
        "sector",
        "technology",
        "technology, tech, software, open source project, open source, it, app, digital, developer,"
        " programmer, engineer, data scientist, free software project, saas",
    ),
    _concept("sector", "manufacturing", "manufacturing, factory, plant, machine, production, industry, manufacturer"),
    _concept("sector", "retail", "retail, shop, store, supermarket, e commerce, online shop"),
    _concept("sector", "environment", "environment, climate, conservation, river, forest, watershed, biodiversity"),
    _concept(
        "sector", "governance, government", "municipality, parliament, city council, ministry, mayor, public sector"
    ),
    _concept("sector", "arts, creative", "art, artist, theater, theatre, music, museum, designer, film"),
    _concept("sector", "transportation, logistics", "transport, mobility, logistics, bus, rail, shipping"),
    _concept("sector", "construction, architecture", "construction, builder, architect, building"),
    _concept("stage", "discovery", "exploring, looking around, curious"),
    _concept(
        "stage",
        "ideation, discovery",
        "idea, just an idea, thinking of starting, plan to start, planning to start, want to start,"
        " about to start, early stage, founding, starting out, just starting, want to found, starting",
    ),
    _concept("stage", "validation, mvp", "testing, validating, pilot, trying out, first customers, seed stage"),
    _concept("stage", "mvp, validation", "mvp, prototype, first version, minimum viable product"),
    _concept("stage", "product-market-fit, validation", "product market fit"),
    _concept("stage", "growth", "growing, grow, growth, fast growing, doubling, growth stage, hiring many"),
    _concept("stage", "expansion, scaling, growth", "expanding, expansion, scaling, scale, new market, second site"),
    _concept("stage", "maturity", "mature, established, long standing, old, decades old, traditional"),
    _concept(
        "stage",
        "transformation",
        "transform, transformation, transition, restructuring, merger, merging, reorganizing, turnaround,"
        " become agile, change of culture",
    ),
    _concept(
        "stage",
        "exit/succession",
        "succession, exit, retire, retiring, handing over, hand over, sell the company, selling, next generation",
    ),
)

# People who say what they are; the value of an archetype or a sector may follow from it by the concepts above.
ROLES: tuple[str, ...] = _words(
    "mayor, councillor, minister, civil servant, nurse, doctor, physician, therapist, teacher, headteacher, principal,"
    " professor, lecturer, student, founder, cofounder, co founder, manager, director, ceo, treasurer, chair,"
    " board member, facilitator, coach, mediator, farmer, gardener, baker, maintainer, developer, programmer, engineer,"
    " designer, architect, planner, urban planner, activist, organizer, volunteer, parent, mother, father, caregiver,"
    " tenant, renter, landlord, neighbor, member, worker, employee, freelancer, artist, researcher, librarian,"
    " accountant, lawyer, entrepreneur, social worker, product manager, project manager, team lead, nurse manager,"
    " retiree,"
    " grandparent, homeowner, resident, citizen, journalist, consultant, data scientist, product owner, scrum master"
)
