import CRdKafka

extension KafkaError {
    /// What a person has to do when a broker and this client do not take each other for who they are; nil when that is not
    /// what is wrong.
    var mistrustCure: String? {
        if code == .authentication {
            return "check sasl.mechanisms, sasl.username and sasl.password"
        }
        // Of what librdkafka says, the text of OpenSSL is all that tells.
        if message.contains("certificate verify failed") {
            return """
                check that ssl.ca.location names the authority of the brokers' certificates, and that these are valid today \
                and for the hosts in KAFKA_BOOTSTRAP_SERVERS
                """
        }
        let alerts = [
            "bad certificate", "certificate required", "certificate expired", "certificate unknown", "unknown ca",
        ]
        if alerts.contains(where: { message.contains("alert \($0)") }) {
            return """
                the broker does not take this client's certificate: check ssl.certificate.location, and that the brokers know \
                its authority
                """
        }
        return nil
    }

    /// What an administrator of the cluster has to do; nil when the principal may do what it tried.
    static func authorizationCure(_ code: Code) -> String? {
        [
            RD_KAFKA_RESP_ERR_TOPIC_AUTHORIZATION_FAILED, RD_KAFKA_RESP_ERR_GROUP_AUTHORIZATION_FAILED,
            RD_KAFKA_RESP_ERR_CLUSTER_AUTHORIZATION_FAILED,
        ].map(Code.init).contains(code) ? "allow it to this principal: deploy/kafka-acls" : nil
    }
}
