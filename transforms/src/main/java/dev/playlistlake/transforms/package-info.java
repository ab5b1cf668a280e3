/**
 * The pure part of the graph: outputs depend on the input elements and on nothing else (decision
 * 2).
 */
@NullMarked
package dev.playlistlake.transforms;

import org.jspecify.annotations.NullMarked;
