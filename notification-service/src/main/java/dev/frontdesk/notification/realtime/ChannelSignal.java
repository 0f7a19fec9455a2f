package dev.frontdesk.notification.realtime;

import dev.frontdesk.notification.notifications.Frame;

/** What an account's channel says to a socket. */
sealed interface ChannelSignal {

    /** From now on nothing is missed; what came before has to be looked up. Comes again after a lost connection. */
    record Subscribed() implements ChannelSignal {}

    record Live(Frame frame) implements ChannelSignal {}
}
