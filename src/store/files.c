/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "store/private.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

/* statfs() magic numbers of file systems on this machine where a memory map
 * and a lock are what LMDB expects (statfs(2)). NFS, SMB and FUSE are not. */
static const unsigned long local_file_systems[] = {
	0xEF53,		/* ext2, ext3, ext4 */
	0x58465342,	/* xfs */
	0x9123683E,	/* btrfs */
	0xF2F52010,	/* f2fs */
	0x01021994,	/* tmpfs */
	0x858458F6,	/* ramfs */
	0x794C7630,	/* overlayfs */
	0x2FC12FC1,	/* zfs */
	0xCA451A4E,	/* bcachefs */
	0x3153464A,	/* jfs */
	0x52654973,	/* reiserfs */
	0x3434,		/* nilfs2 */
};

static bool is_local(const struct statfs *fs)
{
	for (size_t i = 0; i < sizeof(local_file_systems) / sizeof(local_file_systems[0]); i++)
		if ((unsigned long)fs->f_type == local_file_systems[i])
			return true;
	return false;
}

bool file_system_is_local(const char *dir)
{
	struct statfs fs;

	return !statfs(dir, &fs) && is_local(&fs);
}

enum status file_system_allowed(const char *dir, const struct store_options *options)
{
	struct statfs fs;

	if (statfs(dir, &fs))
		return fail(ST_SYSTEM, "cannot look at the disk under %s: %s",
			    dir, strerror(errno));
	if (options->network_disk || is_local(&fs))
		return ST_OK;
	return fail(ST_REFUSED, "%s is on a network or unknown file system (type %lx), where "
		    "two machines could damage the store; keep the shop on a local disk, or "
		    "set network_disk = true in shop.conf if only this machine uses it",
		    dir, (unsigned long)fs.f_type);
}

/* In hundredths of a second. LMDB opens in milliseconds, so a lock that is held
 * for longer belongs to a stopped program. */
enum { PATIENCE = 1000 };

static void wait_a_little(void)
{
	nanosleep(&(struct timespec){ 0, 10 * 1000 * 1000 }, NULL);
}

enum status lock_open(const char *dir, const char *name, int *fd)
{
	char path[PATH_ROOM];

	if (snprintf(path, sizeof(path), "%s/%s", dir, name) >= (int)sizeof(path))
		return fail(ST_INVALID, "the path of the shop is too long: %.80s...", dir);
	*fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (*fd < 0)
		return fail(ST_SYSTEM, "cannot open %s: %s; the shop's folder must belong to "
			    "who runs regulars", path, strerror(errno));
	return ST_OK;
}

static bool flock_in_time(int fd, int how)
{
	for (int tries = 0; tries < PATIENCE; tries++) {
		if (!flock(fd, how | LOCK_NB))
			return true;
		if (errno != EWOULDBLOCK && errno != EINTR)
			break;
		wait_a_little();
	}
	return false;
}

enum status lock_take(const char *dir, const char *name, int how, int *fd)
{
	enum status st = lock_open(dir, name, fd);

	if (st != ST_OK || flock_in_time(*fd, how))
		return st;
	close(*fd);
	*fd = -1;
	return fail(ST_BUSY, "another program holds %s/%s for more than ten seconds; end it and "
		    "try again", dir, name);
}

/* F_RDLCK, F_WRLCK or F_UNLCK; false: somebody else holds it. */
static bool gate(int fd, short how)
{
	struct flock whole = { .l_type = how, .l_whence = SEEK_SET };

	return !fcntl(fd, F_OFD_SETLK, &whole);
}

static bool gate_in_time(int fd, short how)
{
	for (int tries = 0; tries < PATIENCE; tries++) {
		if (gate(fd, how))
			return true;
		wait_a_little();
	}
	return false;
}

static enum status being_replaced(int *fd, const char *dir)
{
	close(*fd);
	*fd = -1;
	return fail(ST_BUSY, "the shop in %s is being restored or compacted; try again in a minute",
		    dir);
}

enum status use_lock_share(const char *dir, int *fd)
{
	enum status st = lock_open(dir, "use.lock", fd);

	if (st != ST_OK)
		return st;
	/* Whoever replaces the store has the gate before the lock, so with the gate
	 * one waits for nobody but a program that is being ended. */
	if (!gate_in_time(*fd, F_RDLCK) || !flock_in_time(*fd, LOCK_SH))
		return being_replaced(fd, dir);
	gate(*fd, F_UNLCK);
	return ST_OK;
}

enum status use_lock_alone(const char *dir, int *fd)
{
	enum status st = lock_open(dir, "use.lock", fd);

	if (st != ST_OK)
		return st;
	if (!gate_in_time(*fd, F_WRLCK))
		return being_replaced(fd, dir);
	if (flock_in_time(*fd, LOCK_EX))
		return ST_OK;
	close(*fd);
	*fd = -1;
	return fail(ST_BUSY, "another regulars has the shop in %s open and does not let go of it; "
		    "nothing was replaced; end it and try again", dir);
}

bool use_lock_is_wanted(int fd)
{
	struct flock whole = { .l_type = F_RDLCK, .l_whence = SEEK_SET };

	return fd >= 0 && !fcntl(fd, F_OFD_GETLK, &whole) && whole.l_type != F_UNLCK;
}

void lock_drop(int fd)
{
	if (fd >= 0)
		close(fd);
}

enum status dir_sync(const char *dir)
{
	int fd = open(dir, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int error = fd < 0 || fsync(fd) ? errno : 0;

	if (fd >= 0)
		close(fd);
	if (error)
		return fail(ST_SYSTEM, "cannot write %s to the disk: %s", dir, strerror(error));
	return ST_OK;
}
