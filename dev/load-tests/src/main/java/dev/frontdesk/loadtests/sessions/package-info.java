/** What sessions cost where they are looked up, and how soon one is over everywhere. */
@NullMarked
package dev.frontdesk.loadtests.sessions;

import org.jspecify.annotations.NullMarked;
