"""Who gains, who pays, and which agreement would make it fair and stable?"""
