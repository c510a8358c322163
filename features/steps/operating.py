"""Steps about who operates the marketplace."""

from pytest_bdd import given, parsers, when

from features.steps.world import World


@given(parsers.parse('"{first}" and "{second}" operate the marketplace, and nobody else'))
def operate(world: World, first: str, second: str) -> None:
    world.driver.operators(first, second)


@when(parsers.parse('"{person}" steps down'))
def steps_down(world: World, person: str) -> None:
    world.attempt(lambda: world.driver.step_down(person))
