"""Where the program touches the world: the mailbox, the submission server, the disk, the clock."""
