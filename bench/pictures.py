"""What a picture costs: milliseconds, processor and memory of a 12-megapixel photo, through the darkroom's own process.

python -m bench.pictures [--count 5]
"""

import argparse
import asyncio
import io
import os
import resource
import time

from PIL import Image, ImageFilter

from softfactory.kernel import pictures

MOST = 50


def photograph(width: int, height: int) -> bytes:
    """Noise made soft: it costs about what a photo costs, and compresses to about its size."""
    noise = Image.effect_noise((width // 4, height // 4), 70).convert("RGB").resize((width, height))
    out = io.BytesIO()
    noise.filter(ImageFilter.GaussianBlur(2)).save(out, "JPEG", quality=90)
    return out.getvalue()


async def main(count: int) -> None:
    sent = photograph(4000, 3000)
    print(f"a JPEG of 12 megapixels, {len(sent) / 1e6:.1f} MB, {count} times, {os.cpu_count()} processors")
    taken = []
    for _ in range(count):
        before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
        facts, blobs = await pictures.develop(sent)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        processor = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        taken.append((1000 * (time.perf_counter() - started), 1000 * processor))
    renditions = ", ".join(f"{each['width']}: {each['bytes'] / 1000:.0f} KB" for each in facts["renditions"])
    print(f"renditions   {renditions}; placeholder {len(facts['placeholder'])} bytes")
    print(f"wall         median {sorted(taken)[count // 2][0]:.0f} ms, worst {max(taken)[0]:.0f} ms")
    print(f"processor    median {sorted(each for _, each in taken)[count // 2]:.0f} ms")
    print(f"memory       {after.ru_maxrss / 1024:.0f} MB at most, of a process that ends")
    print(f"kept         {sum(map(len, blobs)) / 1e6:.2f} MB a picture")
    started = time.perf_counter()
    await asyncio.gather(*(pictures.develop(sent) for _ in range(count)))
    print(
        f"at once      {count / (time.perf_counter() - started):.1f} pictures/s, {pictures.DARKROOMS} at a time"
    )


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=5)
    asyncio.run(main(max(1, min(MOST, parser.parse_args().count))))
