/* Runs a command and tells what it took: measure FILE COMMAND...
 *
 * Writes user seconds, system seconds and peak kilobytes to FILE. A program of its own, because a process that was started from a large one inherits that
 * one's peak; and small, so that what it hands down does not show.
 */
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

int main(int argc, char **argv)
{
    int status;
    struct rusage usage;
    FILE *told;
    pid_t child;

    if (argc < 3) {
        fputs("usage: measure FILE COMMAND...\n", stderr);
        return 2;
    }
    child = fork();
    if (child == 0) {
        execvp(argv[2], argv + 2);
        perror(argv[2]);
        _exit(127);
    }
    if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
        perror("measure");
        return 1;
    }
    told = fopen(argv[1], "w");
    if (told == NULL) {
        perror(argv[1]);
        return 1;
    }
    fprintf(told, "%ld.%06ld %ld.%06ld %ld\n", (long)usage.ru_utime.tv_sec, (long)usage.ru_utime.tv_usec, (long)usage.ru_stime.tv_sec,
            (long)usage.ru_stime.tv_usec, usage.ru_maxrss);
    fclose(told);
    return WIFEXITED(status) ? WEXITSTATUS(status) : 1;
}
