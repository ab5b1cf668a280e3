package dev.playlistlake.io.spotify;

import dev.playlistlake.model.SubjectType;
import java.io.Serializable;

/** An album or artist whose details are wanted. */
record DetailId(SubjectType kind, String id) implements Serializable {}
