"""Long values in both directions, so that orders and answers take more than a pipe holds."""

# /// workload
# title = "Echoes"
# summary = "Gives back its argument, turned around."
# ///

gather = True


def prepare(bytes):
    return bytes


def arguments(tasks, bytes):
    return [task.to_bytes(2, "big") * (bytes // 2) for task in range(tasks)]


async def coroutine(state, argument):
    return argument[::-1]


def task(state, argument):
    return argument[::-1]


def expected(argument, bytes):
    return (argument[1:2] + argument[:1]) * (bytes // 2)
