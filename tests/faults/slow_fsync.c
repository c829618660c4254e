/* Delays fsync and fdatasync of a process by as many milliseconds as the file FSYNC_DELAY_FILE says at that moment.
   Loaded by LD_PRELOAD; a delay under way ends early when the file says less. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

static long delay_ms(void) {
  const char *path = getenv("FSYNC_DELAY_FILE");
  char text[16] = {0};
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return 0;
  if (read(file, text, sizeof text - 1) < 0) text[0] = 0;
  close(file);
  return atol(text);
}

static long now_us(void) {
  struct timespec at;
  clock_gettime(CLOCK_MONOTONIC, &at);
  return at.tv_sec * 1000000L + at.tv_nsec / 1000;
}

static void wait_as_told(void) {
  long began = now_us();
  for (;;) {
    long left = began + delay_ms() * 1000 - now_us();
    if (left <= 0) return;
    usleep(left < 20000 ? left : 20000);
  }
}

static int sync_late(const char *name, int file) {
  int (*real)(int) = (int (*)(int))dlsym(RTLD_NEXT, name);
  wait_as_told();
  return real(file);
}

int fsync(int file) { return sync_late("fsync", file); }
int fdatasync(int file) { return sync_late("fdatasync", file); }
