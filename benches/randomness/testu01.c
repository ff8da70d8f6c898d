/* A battery of TestU01 (L'Ecuyer and Simard 2007) on the 32-bit words that come in on standard input.
 *
 *   cc -O2 -o /tmp/testu01 benches/randomness/testu01.c -ltestu01 -ltestu01probdist -ltestu01mylib -lm
 *   cargo bench --bench randomness -- stream contact | /tmp/testu01 small
 *
 * Batteries: small, crush, big, rabbit, alphabit. The libraries are Debian's libtestu01-0-dev.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <testu01/bbattery.h>
#include <testu01/swrite.h>
#include <testu01/unif01.h>

/* The bits that rabbit and alphabit take. */
static const double BITS = 8589934592.0;

static unsigned int next_word(void)
{
    static unsigned int words[1 << 14];
    static size_t have, next;
    if (next == have) {
        have = fread(words, sizeof words[0], sizeof words / sizeof words[0], stdin);
        next = 0;
        if (have == 0) {
            fputs("the stream has ended\n", stderr);
            exit(2);
        }
    }
    return words[next++];
}

int main(int argc, char **argv)
{
    const char *battery = argc == 2 ? argv[1] : "";
    unif01_Gen *gen = unif01_CreateExternGenBits("standard input", next_word);
    swrite_Basic = FALSE;
    if (strcmp(battery, "small") == 0)
        bbattery_SmallCrush(gen);
    else if (strcmp(battery, "crush") == 0)
        bbattery_Crush(gen);
    else if (strcmp(battery, "big") == 0)
        bbattery_BigCrush(gen);
    else if (strcmp(battery, "rabbit") == 0)
        bbattery_Rabbit(gen, BITS);
    else if (strcmp(battery, "alphabit") == 0)
        bbattery_Alphabit(gen, BITS, 0, 32);
    else {
        fputs("usage: testu01 small|crush|big|rabbit|alphabit < words\n", stderr);
        return 2;
    }
    unif01_DeleteExternGenBits(gen);
    return 0;
}
